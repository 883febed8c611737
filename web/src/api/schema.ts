// Generated from the OpenAPI of the API by `npm run generate:api`. Do not edit.

export interface paths {
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Full text search with facets
         * @description Return one page of matches, with the facets of the whole result and passages of the original text.
         */
        get: operations["get_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entity, all its facts and their sources
         * @description Return the facts of an entity as of a day in the world and a moment of the ledger, and its relations counted.
         *
         *     Facts come from the ledger, over all ids that were united. Relations are counted in the graph as it is now.
         */
        get: operations["get_entity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity}/neighbours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What an entity is related to
         * @description Return one page of neighbours by relation type, direction and id; the order does not change between pages.
         */
        get: operations["get_neighbours"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/entities/{entity}/outlets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The permit view of a site or enterprise
         * @description Return the outlets of a site, or of all sites of an enterprise, each with what it may discharge.
         */
        get: operations["get_outlets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/expand": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What lies around some entities
         * @description Return the entities within `depth` steps of the seeds, and the relations between them.
         */
        get: operations["get_expand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/paths": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How two entities are connected
         * @description Return the cheapest paths between two entities; each hop names its records.
         */
        get: operations["get_paths"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/cypher": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A read-only Cypher query (graph engine neo4j)
         * @description Run a query in a read transaction with limits of time and rows; 501 where the graph engine has no Cypher.
         */
        post: operations["post_cypher"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{record_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One record as its source gave it
         * @description Return a record with every file and row it was seen in, those taken back too.
         */
        get: operations["get_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/datasets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All datasets and what the ledger holds of each
         * @description Return every dataset with its publisher, licence and counts of live records and open quarantine.
         */
        get: operations["get_datasets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Rows that could not be used
         * @description Return one page of open quarantine in the order it was filled; personal data are masked.
         */
        get: operations["get_quarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts of everything, with digests
         * @description Return counts by class, type and dataset; the digests are equal for equal content, whatever the engine.
         */
        get: operations["get_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ontology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Classes, properties and relation types
         * @description Return every class, property and relation type with labels, domains and ranges.
         */
        get: operations["get_ontology"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a table
         * @description Take a table in, and bring graph and search up to date; rows that cannot be used go to quarantine.
         *
         *     The same file twice is taken in once. 409 while another process writes; a file that no mapping recognises is 422
         *     and nothing of it is kept.
         */
        post: operations["post_ingest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The process lives
         * @description Say that the process lives; it asks no engine.
         */
        get: operations["get_healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The engines answer
         * @description Ask every engine, and say how far each projection is behind; 503 while one does not answer.
         */
        get: operations["get_readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * ClassShape
         * @description A class of things.
         */
        ClassShape: {
            /** Name */
            name: string;
            label: components["schemas"]["LabelShape"];
            comment: components["schemas"]["LabelShape"];
            /** Parents */
            parents: string[];
            /** Label Properties */
            label_properties: string[];
            /** Date Property */
            date_property: string | null;
            /** Abstract */
            abstract: boolean;
            /** Properties */
            properties: string[];
        };
        /**
         * CountShape
         * @description How many there are of one class or type.
         */
        CountShape: {
            /** Name */
            name: string;
            label: components["schemas"]["LabelShape"];
            /** Count */
            count: number;
        };
        /**
         * CypherLimits
         * @description What was applied.
         */
        CypherLimits: {
            /** Limit */
            limit: number;
            /** Seconds */
            seconds: number;
        };
        /**
         * CypherQuestion
         * @description A query that only reads, and the values it names with `$`.
         */
        CypherQuestion: {
            /**
             * Query
             * @example MATCH (s:Site)-[:operatedBy]->(e) RETURN e.label, count(s) LIMIT 10
             */
            query: string;
            /**
             * Parameters
             * @default {}
             * @example {
             *       "code": "91310000132261800D"
             *     }
             */
            parameters: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /**
             * Limit
             * @description Rows at most.
             * @default 100
             */
            limit: number;
        };
        /**
         * CypherShape
         * @description A table: nodes and relationships come as maps.
         */
        CypherShape: {
            /** Columns */
            columns: string[];
            /** Rows */
            rows: unknown[][];
            /** Truncated */
            truncated: boolean;
            limits: components["schemas"]["CypherLimits"];
        };
        /**
         * DatasetShape
         * @description A dataset and what the ledger holds of it.
         */
        DatasetShape: {
            /** Id */
            id: string;
            title: components["schemas"]["LabelShape"];
            publisher: components["schemas"]["LabelShape"] | null;
            /** License */
            license: string | null;
            /** Synthetic */
            synthetic: boolean;
            /** Tables */
            tables: string[];
            /** Records */
            records: number;
            /** Quarantined */
            quarantined: number;
            /** First Received */
            first_received: string | null;
            /** Last Received */
            last_received: string | null;
        };
        /**
         * DatasetsShape
         * @description All datasets.
         */
        DatasetsShape: {
            /** Items */
            items: components["schemas"]["DatasetShape"][];
            /** Total */
            total: number;
        };
        /**
         * Direction
         * @description Which way a relation is followed, seen from the entity one stands on.
         * @enum {string}
         */
        Direction: "out" | "in" | "both";
        /**
         * EngineShape
         * @description Whether one engine answers; `lag` counts ledger entries its projection has not yet seen.
         */
        EngineShape: {
            /**
             * Name
             * @example graph
             */
            name: string;
            /**
             * Engine
             * @example embedded
             */
            engine: string;
            /** Ready */
            ready: boolean;
            /** Detail */
            detail: string | null;
            /** Remedy */
            remedy: string | null;
            /** Lag */
            lag: number | null;
        };
        /**
         * EntityBrief
         * @description An entity as a list or a graph shows it.
         */
        EntityBrief: {
            /**
             * Id
             * @example Site-0a1b2c3d4e5f60718293
             */
            id: string;
            /**
             * Class
             * @example Site
             */
            class: string;
            class_label: components["schemas"]["LabelShape"];
            /**
             * Label
             * @example 上海某某化工有限公司
             */
            label: string;
            /**
             * Synthetic
             * @description True for an invented demo entity.
             */
            synthetic: boolean;
            /** Properties */
            properties: {
                [key: string]: (boolean | number | string)[];
            };
            /** Location */
            location: [
                number,
                number
            ] | null;
            /** Datasets */
            datasets: string[];
        };
        /**
         * EntityLimits
         * @description What was cut in an entity's answer.
         */
        EntityLimits: {
            /** Facts */
            facts: number;
            /** Sources Per Fact */
            sources_per_fact: number;
            /**
             * Statements
             * @description Statements that were read at most, the earliest.
             */
            statements: number;
        };
        /**
         * EntityShape
         * @description An entity with all its facts, as of a day in the world and a moment of the ledger.
         */
        EntityShape: {
            /** Id */
            id: string;
            /** Class */
            class: string;
            class_label: components["schemas"]["LabelShape"];
            /** Label */
            label: string;
            /** Synthetic */
            synthetic: boolean;
            /** Datasets */
            datasets: string[];
            /**
             * Same As
             * @description Other ids that were united with this one.
             */
            same_as: string[];
            /** Facts */
            facts: components["schemas"]["FactShape"][];
            /**
             * Total
             * @description Facts in all.
             */
            total: number;
            /** Relation Counts */
            relation_counts: components["schemas"]["RelationCountShape"][];
            /** As Of */
            as_of: string | null;
            /** Recorded As Of */
            recorded_as_of: string | null;
            /** Truncated */
            truncated: boolean;
            limits: components["schemas"]["EntityLimits"];
        };
        /**
         * ExpandLimits
         * @description What was applied.
         */
        ExpandLimits: {
            /** Depth */
            depth: number;
            /** Per Entity */
            per_entity: number;
            /** Limit */
            limit: number;
        };
        /**
         * FacetValueShape
         * @description One value of a facet, its label, and how many matches of the whole result have it.
         */
        FacetValueShape: {
            /** Value */
            value: string;
            label: components["schemas"]["LabelShape"];
            /** Count */
            count: number;
        };
        /**
         * FactShape
         * @description One value of one property, with every record that says so (at most `limits.sources_per_fact` are named).
         */
        FactShape: {
            /**
             * Property
             * @example uscc
             */
            property: string;
            label: components["schemas"]["LabelShape"];
            /** Value */
            value: boolean | number | string;
            /**
             * Type
             * @description Value type of the property.
             * @example uscc
             */
            type: string;
            /** Valid From */
            valid_from: string | null;
            /** Valid To */
            valid_to: string | null;
            /**
             * Quote
             * @description The piece of text that says so, where a text was read.
             */
            quote: string | null;
            /** Source Count */
            source_count: number;
            /** Sources */
            sources: components["schemas"]["SourceShape"][];
        };
        /**
         * HealthShape
         * @description The process lives.
         */
        HealthShape: {
            /**
             * Status
             * @example alive
             */
            status: string;
            /** Version */
            version: string;
        };
        /**
         * HighlightShape
         * @description A passage of the original text and where it matched: `spans` are (start, end) in characters of `passage`.
         */
        HighlightShape: {
            /**
             * Field
             * @example title
             */
            field: string;
            /** Passage */
            passage: string;
            /** Spans */
            spans: [
                number,
                number
            ][];
        };
        /**
         * HitShape
         * @description One match; `score` is comparable within one answer only.
         */
        HitShape: {
            /** Id */
            id: string;
            /** Class */
            class: string;
            class_label: components["schemas"]["LabelShape"];
            /** Label */
            label: string;
            /** Score */
            score: number;
            /** Date */
            date: string | null;
            /** Datasets */
            datasets: string[];
            /** Synthetic */
            synthetic: boolean;
            /** Location */
            location: [
                number,
                number
            ] | null;
            /** Properties */
            properties: {
                [key: string]: (boolean | number | string)[];
            };
            /** Highlights */
            highlights: components["schemas"]["HighlightShape"][];
        };
        /**
         * IngestShape
         * @description What an upload changed.
         */
        IngestShape: {
            /** Tables */
            tables: components["schemas"]["IngestTableShape"][];
            /** Unusable */
            unusable: components["schemas"]["UnusableShape"][];
            /**
             * Entities
             * @description Entities written anew.
             */
            entities: number;
            /** Documents */
            documents: number;
            /** Seconds */
            seconds: number;
        };
        /**
         * IngestTableShape
         * @description What was done with one table: `read` is `used`, `filtered`, `skipped` and quarantined rows together.
         */
        IngestTableShape: {
            /** File */
            file: string;
            /** Part */
            part: string;
            /** Dataset */
            dataset: string;
            /** Table */
            table: string;
            /** Encoding */
            encoding: string;
            /**
             * State
             * @description `read`, `resumed`, or `unchanged` where it was known already.
             */
            state: string;
            /** Read */
            read: number;
            /** Used */
            used: number;
            /** Filtered */
            filtered: number;
            /** Skipped */
            skipped: number;
            /** Duplicates */
            duplicates: number;
            /** Records */
            records: number;
            /** Statements */
            statements: number;
            /**
             * Quarantined
             * @description Rows that could not be used, by code.
             */
            quarantined: {
                [key: string]: number;
            };
            /**
             * Notes
             * @description Values left out or mended, by column and code.
             */
            notes: {
                [key: string]: number;
            };
            /** Unknown Columns */
            unknown_columns: string[];
        };
        /**
         * InvalidPart
         * @description One part of a request that is not valid: where it is, and what is wrong with it.
         */
        InvalidPart: {
            /** Location */
            location: (string | number)[];
            /** Detail */
            detail: string;
        };
        JsonValue: unknown;
        /**
         * LabelShape
         * @description A name in both languages; where only one is known, both are that one.
         */
        LabelShape: {
            /**
             * Zh
             * @example 排污许可证
             */
            zh: string;
            /**
             * En
             * @example Discharge permit
             */
            en: string;
        };
        /**
         * LimitShape
         * @description What an outlet may discharge of one pollutant.
         */
        LimitShape: {
            /** Id */
            id: string;
            /** Pollutant */
            pollutant: string;
            /** Pollutant Id */
            pollutant_id: string | null;
            /** Minimum */
            minimum: number | null;
            /** Maximum */
            maximum: number | null;
            /** Unit */
            unit: string | null;
            /**
             * Frequency
             * @description How often it is measured.
             */
            frequency: string | null;
            /** Sources */
            sources: components["schemas"]["SourceShape"][];
        };
        /**
         * NeighbourShape
         * @description One step away.
         */
        NeighbourShape: {
            relation: components["schemas"]["RelationShape"];
            direction: components["schemas"]["Direction"];
            entity: components["schemas"]["EntityBrief"];
            /**
             * Degree
             * @description Relations of the neighbour, all kinds.
             */
            degree: number;
        };
        /**
         * NeighboursShape
         * @description One page of neighbours.
         */
        NeighboursShape: {
            /** Total */
            total: number;
            /** Items */
            items: components["schemas"]["NeighbourShape"][];
            /** Next Cursor */
            next_cursor: string | null;
            limits: components["schemas"]["PageLimits"];
        };
        /**
         * OntologyShape
         * @description What things, properties and relations there can be.
         */
        OntologyShape: {
            /** Classes */
            classes: components["schemas"]["ClassShape"][];
            /** Properties */
            properties: components["schemas"]["PropertyShape"][];
            /** Relations */
            relations: components["schemas"]["RelationTypeShape"][];
        };
        /**
         * OutletShape
         * @description An outlet and its limits.
         */
        OutletShape: {
            /** Id */
            id: string;
            /**
             * Site
             * @description Id of the site it belongs to.
             */
            site: string;
            /** Code */
            code: string | null;
            /** Name */
            name: string | null;
            /** Medium */
            medium: string | null;
            /** Standard */
            standard: string | null;
            /** Limits */
            limits: components["schemas"]["LimitShape"][];
            /** Sources */
            sources: components["schemas"]["SourceShape"][];
        };
        /**
         * OutletsLimits
         * @description What was cut in a permit view.
         */
        OutletsLimits: {
            /** Sites */
            sites: number;
            /** Outlets */
            outlets: number;
            /** Limits */
            limits: number;
        };
        /**
         * OutletsShape
         * @description The permit view of a site or an enterprise; `site_limits` are limits that name no outlet.
         */
        OutletsShape: {
            /** Outlets */
            outlets: components["schemas"]["OutletShape"][];
            /** Site Limits */
            site_limits: components["schemas"]["LimitShape"][];
            /**
             * Total
             * @description Outlets in all.
             */
            total: number;
            /** Truncated */
            truncated: boolean;
            limits: components["schemas"]["OutletsLimits"];
        };
        /**
         * PageLimits
         * @description Items a page holds at most.
         */
        PageLimits: {
            /** Limit */
            limit: number;
        };
        /**
         * PathLimits
         * @description What was applied.
         */
        PathLimits: {
            /** Max Hops */
            max_hops: number;
            /** Count */
            count: number;
            /** Hub Penalty */
            hub_penalty: number;
        };
        /**
         * PathShape
         * @description A walk: `relations[i]` joins `entities[i]` and `entities[i + 1]`.
         */
        PathShape: {
            /**
             * Cost
             * @description Hops, plus a penalty for each hub passed.
             */
            cost: number;
            /** Entities */
            entities: components["schemas"]["EntityBrief"][];
            /** Relations */
            relations: components["schemas"]["RelationShape"][];
        };
        /**
         * PathsShape
         * @description The cheapest paths; `hubs_avoided` were not passed through because they have too many relations.
         */
        PathsShape: {
            /** Paths */
            paths: components["schemas"]["PathShape"][];
            /** Truncated */
            truncated: boolean;
            /** Hubs Avoided */
            hubs_avoided: components["schemas"]["EntityBrief"][];
            limits: components["schemas"]["PathLimits"];
        };
        /**
         * Problem
         * @description What any failed request answers.
         * @example {
         *       "detail": "there is no entity Site-00000000000000000000",
         *       "remedy": "Search for it by name or code.",
         *       "status": 404,
         *       "title": "Not found",
         *       "type": "urn:ecograph:problem:not-found"
         *     }
         */
        Problem: {
            /**
             * Type
             * @description A stable word for the kind of problem, as `urn:ecograph:problem:…`.
             */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Detail */
            detail: string;
            /**
             * Remedy
             * @description What the reader can do about it.
             */
            remedy?: string | null;
            /**
             * Position
             * @description Where a query is at fault, in characters from 0.
             */
            position?: number | null;
            /**
             * Instance
             * @description Id under which the server logged the cause.
             */
            instance?: string | null;
            /**
             * Errors
             * @description Each part of the request that is not valid.
             */
            errors?: components["schemas"]["InvalidPart"][] | null;
        };
        /**
         * PropertyShape
         * @description A property with a literal value.
         */
        PropertyShape: {
            /** Name */
            name: string;
            label: components["schemas"]["LabelShape"];
            comment: components["schemas"]["LabelShape"];
            /** Type */
            type: string;
            /** Domains */
            domains: string[];
            /** Identifier */
            identifier: boolean;
            /** Facet */
            facet: string | null;
        };
        /**
         * QuarantineItemShape
         * @description A row that could not be used, and why.
         */
        QuarantineItemShape: {
            /** Id */
            id: string;
            /** Dataset */
            dataset: string;
            /** File */
            file: string;
            /** Row */
            row: number | null;
            /**
             * Code
             * @example no-key
             */
            code: string;
            /** Reason */
            reason: string;
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
        };
        /**
         * QuarantineShape
         * @description One page of rows that could not be used.
         */
        QuarantineShape: {
            /** Total */
            total: number;
            /** Items */
            items: components["schemas"]["QuarantineItemShape"][];
            /** Next Cursor */
            next_cursor: string | null;
            limits: components["schemas"]["PageLimits"];
        };
        /**
         * ReadinessShape
         * @description Whether every engine answers.
         */
        ReadinessShape: {
            /** Ready */
            ready: boolean;
            /** Engines */
            engines: components["schemas"]["EngineShape"][];
        };
        /**
         * RecordFileShape
         * @description One sighting of a record.
         */
        RecordFileShape: {
            /** File */
            file: string;
            /** Row */
            row: number | null;
            /** Received At */
            received_at: string;
            /** Retracted At */
            retracted_at: string | null;
        };
        /**
         * RecordShape
         * @description A record as its source gave it, and every file and row it was seen in.
         */
        RecordShape: {
            /** Id */
            id: string;
            /** Dataset */
            dataset: string;
            dataset_title: components["schemas"]["LabelShape"];
            /** Payload */
            payload: {
                [key: string]: unknown;
            };
            /** Files */
            files: components["schemas"]["RecordFileShape"][];
        };
        /**
         * RelationCountShape
         * @description How many neighbours there are of one kind.
         */
        RelationCountShape: {
            /** Type */
            type: string;
            /** @description Of the relation, read in the direction given. */
            label: components["schemas"]["LabelShape"];
            direction: components["schemas"]["Direction"];
            /** Class */
            class: string;
            class_label: components["schemas"]["LabelShape"];
            /** Count */
            count: number;
        };
        /**
         * RelationShape
         * @description A directed relation with the records that say so: `sources` names at most five of `record_count`.
         */
        RelationShape: {
            /** Source */
            source: string;
            /**
             * Type
             * @example operatedBy
             */
            type: string;
            label: components["schemas"]["LabelShape"];
            /** Target */
            target: string;
            /** Valid From */
            valid_from: string | null;
            /** Valid To */
            valid_to: string | null;
            /** Record Count */
            record_count: number;
            /** Sources */
            sources: components["schemas"]["SourceShape"][];
        };
        /**
         * RelationTypeShape
         * @description A kind of relation.
         */
        RelationTypeShape: {
            /** Name */
            name: string;
            label: components["schemas"]["LabelShape"];
            inverse_label: components["schemas"]["LabelShape"];
            comment: components["schemas"]["LabelShape"];
            /** Domains */
            domains: string[];
            /** Ranges */
            ranges: string[];
            /** Facet */
            facet: string | null;
        };
        /**
         * SearchLimits
         * @description What was cut: hits a page, values a facet.
         */
        SearchLimits: {
            /** Limit */
            limit: number;
            /** Facet Values */
            facet_values: number;
        };
        /**
         * SearchShape
         * @description One page of matches. `total` and `facets` are over the whole result.
         */
        SearchShape: {
            /** Query */
            query: string;
            /** Total */
            total: number;
            /** Hits */
            hits: components["schemas"]["HitShape"][];
            /** Facets */
            facets: {
                [key: string]: components["schemas"]["FacetValueShape"][];
            };
            /** Next Cursor */
            next_cursor: string | null;
            limits: components["schemas"]["SearchLimits"];
        };
        /**
         * Sort
         * @description The order of hits; documents without a date come last in both date orders.
         * @enum {string}
         */
        Sort: "relevance" | "newest" | "oldest";
        /**
         * SourceShape
         * @description Where a fact comes from: the record, and the row of the file it was first seen in.
         */
        SourceShape: {
            /**
             * Record
             * @description Id of the record, for `/records/{record_id}`.
             * @example 9f2c…
             */
            record: string;
            /**
             * Dataset
             * @example shanghai-disclosure-2020
             */
            dataset: string;
            dataset_title: components["schemas"]["LabelShape"];
            /**
             * File
             * @description Name of the source file.
             * @example enterprise_detail.csv
             */
            file: string | null;
            /**
             * Row
             * @description Row of the file, counted from 1 without the heading.
             * @example 17
             */
            row: number | null;
            /**
             * Recorded At
             * @description When the ledger took it in, UTC.
             */
            recorded_at: string | null;
        };
        /**
         * StatsShape
         * @description How much there is.
         */
        StatsShape: {
            /** Records */
            records: number;
            /** Statements */
            statements: number;
            /** Quarantined */
            quarantined: number;
            /**
             * Datasets
             * @description Live records by dataset.
             */
            datasets: {
                [key: string]: number;
            };
            /** Entities */
            entities: components["schemas"]["CountShape"][];
            /** Relations */
            relations: components["schemas"]["CountShape"][];
            /** Documents */
            documents: components["schemas"]["CountShape"][];
            /**
             * Digests
             * @description Equal for equal content, by store.
             */
            digests: {
                [key: string]: string;
            };
        };
        /**
         * SubgraphShape
         * @description A piece of the graph; `omitted` counts, per entity expanded, its relations not shown.
         */
        SubgraphShape: {
            /** Entities */
            entities: components["schemas"]["EntityBrief"][];
            /** Relations */
            relations: components["schemas"]["RelationShape"][];
            /** Truncated */
            truncated: boolean;
            /** Omitted */
            omitted: {
                [key: string]: number;
            };
            limits: components["schemas"]["ExpandLimits"];
        };
        /**
         * UnusableShape
         * @description A part of the file, such as a cover sheet, that no mapping recognises.
         */
        UnusableShape: {
            /** Part */
            part: string;
            /** Reason */
            reason: string;
            /** Remedy */
            remedy: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_search: {
        parameters: {
            query?: {
                /** @description Hits a page holds at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description Words, `"phrase"`, `-without`, `OR`, `facet:value`. */
                q?: string;
                /** @description A class, with all below it. */
                class?: string[];
                region?: string[];
                dataset?: string[];
                industry?: string[];
                year?: string[];
                kind?: string[];
                medium?: string[];
                status?: string[];
                /** @description Only invented examples, or none. */
                synthetic?: boolean | null;
                /** @description First day, inclusive. */
                date_from?: string | null;
                /** @description Last day, inclusive. */
                date_to?: string | null;
                sort?: components["schemas"]["Sort"];
                /** @description Facets to count, repeated or separated by commas. */
                facets?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_entity: {
        parameters: {
            query?: {
                /** @description Only what holds in the world on this day, and what has no dates. */
                as_of?: string | null;
                /** @description Only what the ledger knew at this moment (UTC); a day means its end. */
                recorded_as_of?: string | null;
            };
            header?: never;
            path: {
                entity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityShape"];
                };
            };
            /** @description The id was united with another; `Location` is the canonical one. */
            308: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_neighbours: {
        parameters: {
            query?: {
                /** @description Items a page holds at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description Only these relation types. */
                type?: string[];
                /** @description Only neighbours of these classes. */
                class?: string[];
                /** @description Which way relations are followed. */
                direction?: components["schemas"]["Direction"];
                /** @description Only what holds in the world on this day, and what has no dates. */
                as_of?: string | null;
                /** @description False leaves out invented demo entities. */
                synthetic?: boolean;
            };
            header?: never;
            path: {
                entity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NeighboursShape"];
                };
            };
            /** @description The id was united with another; `Location` is the canonical one. */
            308: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_outlets: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                entity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OutletsShape"];
                };
            };
            /** @description The id was united with another; `Location` is the canonical one. */
            308: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_expand: {
        parameters: {
            query: {
                /** @description Only these relation types. */
                type?: string[];
                /** @description Only neighbours of these classes. */
                class?: string[];
                /** @description Which way relations are followed. */
                direction?: components["schemas"]["Direction"];
                /** @description Only what holds in the world on this day, and what has no dates. */
                as_of?: string | null;
                /** @description False leaves out invented demo entities. */
                synthetic?: boolean;
                /** @description Entities to start from. */
                id: string[];
                depth?: number;
                /** @description Relations followed from one entity. */
                per_entity?: number;
                /** @description Entities in all. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubgraphShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_paths: {
        parameters: {
            query: {
                /** @description Only these relation types. */
                type?: string[];
                /** @description Only neighbours of these classes. */
                class?: string[];
                /** @description Which way relations are followed. */
                direction?: components["schemas"]["Direction"];
                /** @description Only what holds in the world on this day, and what has no dates. */
                as_of?: string | null;
                /** @description False leaves out invented demo entities. */
                synthetic?: boolean;
                source: string;
                target: string;
                max_hops?: number;
                count?: number;
                /** @description Added for each hub a path passes. */
                hub_penalty?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PathsShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_cypher: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CypherQuestion"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CypherShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_datasets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DatasetsShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_quarantine: {
        parameters: {
            query?: {
                /** @description Items a page holds at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description Only rows of this dataset. */
                dataset?: string | null;
                /** @description Only rows held for this reason. */
                code?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantineShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_stats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatsShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_ontology: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OntologyShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_ingest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description A CSV, TSV, XLSX or JSON file that a built-in mapping recognises.
                     */
                    file: string;
                    /** @description Dataset instead of that of the mapping. */
                    dataset?: string;
                };
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessShape"];
                };
            };
            /** @description At least one engine does not answer. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadinessShape"];
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
