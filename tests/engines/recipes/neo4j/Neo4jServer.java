import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseInternalSettings;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.connectors.BoltConnectorInternalSettings;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.io.ByteUnit;

/** A Neo4j Community server with Bolt and passwords. Arguments: data folder, port; the password comes in the environment. */
public class Neo4jServer {
    public static void main(String[] args) throws Exception {
        var port = Integer.parseInt(args[1]);
        var service = new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, new SocketAddress("127.0.0.1", port))
            .setConfig(BoltConnector.advertised_address, new SocketAddress("127.0.0.1", port))
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            // Tests try wrong passwords on purpose; a locked account would fail the tests after them.
            .setConfig(GraphDatabaseSettings.auth_max_failed_attempts, 0)
            // Nothing is in flight when a test stops the server: no waiting for silence on the network.
            .setConfig(GraphDatabaseInternalSettings.netty_server_shutdown_quiet_period, 0)
            .setConfig(BoltConnectorInternalSettings.thread_pool_shutdown_wait_time, Duration.ofMillis(500))
            .setConfig(GraphDatabaseSettings.pagecache_memory, ByteUnit.mebiBytes(128))
            .build();
        Runtime.getRuntime().addShutdownHook(new Thread(service::shutdown));
        var system = service.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME);
        system.executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            Map.of("password", System.getenv("ENGINE_PASSWORD")));
        System.out.println("ready");
        // The starter holds the other end: when it dies in whatever way, so does the server.
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
