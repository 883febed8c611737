import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** An Elasticsearch node with HTTP. Argument: the home folder with config/, modules/, plugins/, data/, logs/. */
public class EsServer {
    public static void main(String[] args) throws Exception {
        var home = Path.of(args[0]);
        LogConfigurator.configureESLogging();
        Environment env = InternalSettingsPreparer.prepareEnvironment(
            Settings.builder().put("path.home", home.toString()).build(), Map.of(), home.resolve("config"), () -> "node0");
        LogConfigurator.configure(env, true);
        var loader = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(env.modulesDir()),
            PluginsLoader.loadPluginsBundles(env.pluginsDir()), Map.of(), false);
        var node = new Node(env, loader);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.prepareForClose();
                node.close();
            } catch (Exception fault) {
                fault.printStackTrace();
            }
        }));
        node.start();
        System.out.println("ready");
        // The starter holds the other end: when it dies in whatever way, so does the server.
        while (System.in.read() >= 0) { }
        System.exit(0);
    }
}
