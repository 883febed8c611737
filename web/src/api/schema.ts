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
    "/api/v1/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a text: names, identifiers, amounts, linked to the graph
         * @description Return every mention with its place, label, method, score and, where the register has it, its entity.
         *
         *     Nothing is stored. A name that the register does not have says so: `values.outcome` is `not-in-register`.
         */
        post: operations["post_read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/match": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the records that given ones are
         * @description Return for each query the records that may be it, most probable first, with verdict and reasons.
         *
         *     Without `threshold` that of the learned weights is taken (precision .98 on names held back). `verdict` tells
         *     the same enterprise from the same enterprise at another site. Nothing of a query is stored.
         */
        post: operations["post_match"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/match/{dataset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find the records that given ones are, in one dataset
         * @description Return what `/match` does; `default` is all datasets, the name of any other restricts it to that one.
         */
        post: operations["post_match_dataset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconcile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the reconciliation service is
         * @description Return the manifest that OpenRefine asks for when the service is added.
         */
        get: operations["get_manifest"];
        put?: never;
        /**
         * Reconcile names, or extend entities
         * @description Answer a batch: `queries` with candidates, `extend` with properties; both are JSON in a form field.
         */
        post: operations["post_queries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconcile/suggest/entity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Complete the name of an entity
         * @description Return entities that the text finds.
         */
        get: operations["get_suggest_entity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconcile/suggest/type": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Complete the name of a type
         * @description Return the types whose name holds the text.
         */
        get: operations["get_suggest_type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconcile/suggest/property": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Complete the name of a property
         * @description Return the properties of enterprises, agencies and sites whose name holds the text.
         */
        get: operations["get_suggest_property"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconcile/extend/propose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Properties that entities can be extended by
         * @description Return the properties of one type.
         */
        get: operations["get_propose"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/reconcile/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An entity on a small page
         * @description Return a page of a few lines: name, class, codes, address.
         */
        get: operations["get_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contradictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Contradictions between registers
         * @description Return one page by severity, kind, region and name; `kinds` counts with all filters but that by kind.
         */
        get: operations["get_contradictions"];
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
        /** Body_post_queries */
        Body_post_queries: {
            /** Queries */
            queries?: string | null;
            /** Extend */
            extend?: string | null;
        };
        /**
         * CandidateShape
         * @description One candidate; `score` is the probability in percent.
         */
        CandidateShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Description */
            description: string;
            /** Type */
            type: components["schemas"]["NamedShape"][];
            /** Score */
            score: number;
            /** Match */
            match: boolean;
            /** Features */
            features: components["schemas"]["FeatureValueShape"][];
        };
        /**
         * CandidatesShape
         * @description The answer to one query.
         */
        CandidatesShape: {
            /** Result */
            result: components["schemas"]["CandidateShape"][];
        };
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
         * ContradictionShape
         * @description One contradiction: the rule it touches, whom it is about, and what shows it.
         */
        ContradictionShape: {
            /** Id */
            id: string;
            /**
             * Kind
             * @example permit-expired
             */
            kind: string;
            title: components["schemas"]["LabelShape"];
            /**
             * Rule
             * @description Statute article or standard.
             * @example 排污许可管理条例 第十四条
             */
            rule: string;
            /**
             * Severity
             * @description `high`, `medium`, or `low`: the registers alone cannot decide.
             */
            severity: string;
            /** Region */
            region: string | null;
            subject: components["schemas"]["SubjectShape"];
            /**
             * Entities
             * @description From the subject to what contradicts.
             */
            entities: components["schemas"]["EvidenceEntityShape"][];
            /** Relations */
            relations: components["schemas"]["EvidenceRelationShape"][];
            /**
             * Records
             * @description Records behind the relations, at most five for each.
             */
            records: string[];
            /**
             * Values
             * @description Dates, figures and names that were compared.
             */
            values: {
                [key: string]: string | number;
            };
        };
        /**
         * ContradictionsShape
         * @description One page of contradictions, and how many there are of each kind.
         */
        ContradictionsShape: {
            /** As Of */
            as_of: string;
            /** Total */
            total: number;
            /** Kinds */
            kinds: components["schemas"]["KindCountShape"][];
            /** Items */
            items: components["schemas"]["ContradictionShape"][];
            /** Next Cursor */
            next_cursor: string | null;
            limits: components["schemas"]["PageLimits"];
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
         * EvidenceEntityShape
         * @description An entity of the evidence.
         */
        EvidenceEntityShape: {
            /** Id */
            id: string;
            /** Class */
            class: string;
            class_label: components["schemas"]["LabelShape"];
            /** Label */
            label: string;
        };
        /**
         * EvidenceRelationShape
         * @description A relation that joins two entities of the evidence.
         */
        EvidenceRelationShape: {
            /** Source */
            source: string;
            /** Type */
            type: string;
            label: components["schemas"]["LabelShape"];
            /** Target */
            target: string;
        };
        /**
         * ExampleQuery
         * @description One record to look for, as FollowTheMoney writes it; our own property names are understood as well.
         */
        ExampleQuery: {
            /** Id */
            id?: string | null;
            /**
             * Schema
             * @default Company
             * @example Company
             */
            schema: string;
            /**
             * Properties
             * @example {
             *       "name": [
             *         "示例电镀公司"
             *       ]
             *     }
             */
            properties: {
                [key: string]: string | string[];
            };
        };
        /**
         * ExampleShape
         * @description The query as it was understood.
         */
        ExampleShape: {
            /** Id */
            id: string | null;
            /** Schema */
            schema: string;
            /** Properties */
            properties: {
                [key: string]: string[];
            };
            /**
             * Ignored
             * @description Properties, and values that are none, that were not compared.
             */
            ignored: string[];
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
         * ExtendServiceShape
         * @description How properties of matched entities are fetched.
         */
        ExtendServiceShape: {
            propose_properties: components["schemas"]["ServiceShape"];
            /** Property Settings */
            property_settings: components["schemas"]["SettingShape"][];
        };
        /**
         * ExtendedShape
         * @description The properties asked for, and their values by entity and property.
         */
        ExtendedShape: {
            /** Meta */
            meta: components["schemas"]["NamedShape"][];
            /** Rows */
            rows: {
                [key: string]: {
                    [key: string]: {
                        [key: string]: string | number | boolean;
                    }[];
                };
            };
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
         * FeatureShape
         * @description A feature and the weight that was learned for it.
         */
        FeatureShape: {
            /** Description */
            description: string;
            /** Coefficient */
            coefficient: number;
            /**
             * Url
             * @default
             */
            url: string;
        };
        /**
         * FeatureValueShape
         * @description One feature of a candidate.
         */
        FeatureValueShape: {
            /** Id */
            id: string;
            /** Value */
            value: number;
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
         * Kept
         * @description Which mentions are wanted: names a trained recogniser found, what rules and the register found, or both.
         * @enum {string}
         */
        Kept: "learned" | "rules" | "all";
        /**
         * KindCountShape
         * @description How many findings of a kind the filters let through.
         */
        KindCountShape: {
            /** Kind */
            kind: string;
            title: components["schemas"]["LabelShape"];
            /** Rule */
            rule: string;
            /** Count */
            count: number;
        };
        /**
         * LabelCountShape
         * @description How many mentions have one label.
         */
        LabelCountShape: {
            /** Label */
            label: string;
            label_name: components["schemas"]["LabelShape"];
            /** Count */
            count: number;
        };
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
         * ManifestShape
         * @description What the service is and can do.
         */
        ManifestShape: {
            /**
             * Versions
             * @default [
             *       "0.2"
             *     ]
             */
            versions: string[];
            /** Name */
            name: string;
            /** Identifierspace */
            identifierSpace: string;
            /** Schemaspace */
            schemaSpace: string;
            /** Documentation */
            documentation: string;
            /** Defaulttypes */
            defaultTypes: components["schemas"]["NamedShape"][];
            view: components["schemas"]["ViewShape"];
            preview: components["schemas"]["PreviewShape"];
            suggest: components["schemas"]["SuggestShape"];
            extend: components["schemas"]["ExtendServiceShape"];
            /** Batchsize */
            batchSize: number;
        };
        /**
         * MatchQuery
         * @description The records to look for, by names of the client's choosing.
         * @example {
         *       "queries": {
         *         "q1": {
         *           "properties": {
         *             "name": [
         *               "示例电镀公司"
         *             ],
         *             "registrationNumber": [
         *               "91319999000000015P"
         *             ]
         *           },
         *           "schema": "Company"
         *         },
         *         "q2": {
         *           "properties": {
         *             "name": [
         *               "示例印染廠"
         *             ]
         *           },
         *           "schema": "Company"
         *         }
         *       }
         *     }
         */
        MatchQuery: {
            /** Queries */
            queries: {
                [key: string]: components["schemas"]["ExampleQuery"];
            };
        };
        /**
         * MatchShape
         * @description The answers to all queries, by the names the client gave them.
         */
        MatchShape: {
            /** Responses */
            responses: {
                [key: string]: components["schemas"]["MatchesShape"];
            };
            /** Matcher */
            matcher: {
                [key: string]: components["schemas"]["FeatureShape"];
            };
            /** Limit */
            limit: number;
            /** Threshold */
            threshold: number;
        };
        /**
         * MatchTotal
         * @description How many records passed the cutoff.
         */
        MatchTotal: {
            /** Value */
            value: number;
            /**
             * Relation
             * @default eq
             */
            relation: string;
        };
        /**
         * MatchedShape
         * @description One record of the register. `match` tells that `score` reaches the threshold.
         */
        MatchedShape: {
            /** Id */
            id: string;
            /**
             * Caption
             * @example 上海某某化工有限公司
             */
            caption: string;
            /**
             * Schema
             * @description FollowTheMoney's.
             * @example Company
             */
            schema: string;
            /**
             * Class
             * @example Enterprise
             */
            class: string;
            /** Properties */
            properties: {
                [key: string]: (boolean | number | string)[];
            };
            /** Datasets */
            datasets: string[];
            /**
             * Referents
             * @default []
             */
            referents: string[];
            /**
             * Target
             * @default false
             */
            target: boolean;
            /**
             * Score
             * @description Probability that query and record are one enterprise.
             */
            score: number;
            /** Match */
            match: boolean;
            /**
             * Verdict
             * @description `same`, `same-other-site`, `unsure` or `different`.
             * @example same
             */
            verdict: string;
            /**
             * Site Difference
             * @description What tells the sites apart, empty where nothing does.
             * @example part
             */
            site_difference: string;
            /** Features */
            features: {
                [key: string]: number;
            };
            /** Explanations */
            explanations: {
                [key: string]: components["schemas"]["ReasonShape"];
            };
        };
        /**
         * MatchesShape
         * @description The answer to one query.
         */
        MatchesShape: {
            /**
             * Status
             * @default 200
             */
            status: number;
            /** Results */
            results: components["schemas"]["MatchedShape"][];
            total: components["schemas"]["MatchTotal"];
            query: components["schemas"]["ExampleShape"];
        };
        /**
         * MentionShape
         * @description A stretch of the text that names or measures something.
         */
        MentionShape: {
            /**
             * Start
             * @description First character (code point) of the text, from 0.
             * @example 5
             */
            start: number;
            /**
             * End
             * @description Character after the last.
             * @example 17
             */
            end: number;
            /**
             * Label
             * @description What kind of thing it is.
             * @example enterprise
             */
            label: string;
            label_name: components["schemas"]["LabelShape"];
            /**
             * Text
             * @example 上海某某化工有限公司
             */
            text: string;
            /**
             * Method
             * @description The component or rule that found it.
             * @example register
             */
            method: string;
            /**
             * Score
             * @description How sure that is.
             * @example 0.99
             */
            score: number;
            /**
             * Entity Id
             * @description Null where it was not looked up, or is not in the register.
             */
            entity_id: string | null;
            entity: components["schemas"]["MentionedEntity"] | null;
            /**
             * Values
             * @description What it means in normal form; of names also `linked`, `outcome`, `link` and `link_score`.
             */
            values: {
                [key: string]: boolean | number | string;
            };
        };
        /**
         * MentionedEntity
         * @description The entity of the graph that a mention was linked to.
         */
        MentionedEntity: {
            /**
             * Id
             * @example Enterprise-0a1b2c3d4e5f60718293
             */
            id: string;
            /**
             * Class
             * @example Enterprise
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
        };
        /**
         * NamedShape
         * @description A type or property: id and name.
         */
        NamedShape: {
            /**
             * Id
             * @example Enterprise
             */
            id: string;
            /**
             * Name
             * @example 企业 Enterprise
             */
            name: string;
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
         * PreviewShape
         * @description Where a preview of one entity is, and its size in pixels.
         */
        PreviewShape: {
            /** Url */
            url: string;
            /** Width */
            width: number;
            /** Height */
            height: number;
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
         * ProposedShape
         * @description Properties that entities of a type may be extended by.
         */
        ProposedShape: {
            /** Type */
            type: string;
            /** Properties */
            properties: components["schemas"]["NamedShape"][];
            /** Limit */
            limit: number;
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
         * ReadLimits
         * @description What a text may be.
         */
        ReadLimits: {
            /** Characters */
            characters: number;
        };
        /**
         * ReadShape
         * @description A text with what was understood of it; mentions are in order of place.
         */
        ReadShape: {
            /** Text */
            text: string;
            /** Entities */
            entities: components["schemas"]["MentionShape"][];
            /**
             * Labels
             * @description Most frequent first.
             */
            labels: components["schemas"]["LabelCountShape"][];
            /**
             * Total
             * @description Mentions in all.
             */
            total: number;
            /**
             * Linked
             * @description Mentions that were linked to an entity of the graph.
             */
            linked: number;
            limits: components["schemas"]["ReadLimits"];
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
         * ReasonShape
         * @description What one kind of evidence says; `score` is what it adds to the log-odds of being one enterprise.
         */
        ReasonShape: {
            /** Score */
            score: number;
            /**
             * Detail
             * @description The reason in English.
             * @example the same brand
             */
            detail: string;
            label: components["schemas"]["LabelShape"];
            /**
             * Query
             * @description What of the query was compared.
             * @example 永联
             */
            query: string;
            /**
             * Candidate
             * @description What of the record was compared.
             * @example 永联
             */
            candidate: string;
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
         * ServiceShape
         * @description Where a service answers.
         */
        ServiceShape: {
            /** Service Url */
            service_url: string;
            /** Service Path */
            service_path: string;
        };
        /**
         * SettingShape
         * @description A setting of a property when data is extended.
         */
        SettingShape: {
            /** Name */
            name: string;
            /** Label */
            label: string;
            /** Type */
            type: string;
            /** Default */
            default: number;
            /** Help Text */
            help_text: string;
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
         * SubjectShape
         * @description Whom a finding is about.
         */
        SubjectShape: {
            /** Id */
            id: string;
            /** Label */
            label: string;
            /** Synthetic */
            synthetic: boolean;
        };
        /**
         * SuggestShape
         * @description The services that complete what is typed.
         */
        SuggestShape: {
            entity: components["schemas"]["ServiceShape"];
            type: components["schemas"]["ServiceShape"];
            property: components["schemas"]["ServiceShape"];
        };
        /**
         * SuggestionShape
         * @description One completion.
         */
        SuggestionShape: {
            /** Id */
            id: string;
            /** Name */
            name: string;
            /**
             * Description
             * @default
             */
            description: string;
            /**
             * Notable
             * @default []
             */
            notable: components["schemas"]["NamedShape"][];
        };
        /**
         * SuggestionsShape
         * @description Completions of a prefix.
         */
        SuggestionsShape: {
            /** Result */
            result: components["schemas"]["SuggestionShape"][];
        };
        /**
         * TextToRead
         * @description A text, and what is known of where it comes from.
         */
        TextToRead: {
            /**
             * Text
             * @example 2023年4月19日，执法人员检查上海晨星示例电镀有限公司，发现该公司铬酸雾超标1.6倍，罚款人民币贰拾捌万元。
             */
            text: string;
            /**
             * Date
             * @description The day it was written: 上月 and 去年3月 count from there.
             * @example 2023-06-16
             */
            date?: string | null;
            /**
             * Region
             * @description Where it comes from, as code or name; by default where most of its names lie.
             * @example 上海市
             */
            region?: string | null;
            /**
             * @description `learned`: names a trained recogniser found; `rules`: what rules and the register found.
             * @default all
             */
            entities: components["schemas"]["Kept"];
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
        /**
         * ViewShape
         * @description Where the page of one entity is.
         */
        ViewShape: {
            /** Url */
            url: string;
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
    post_read: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TextToRead"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadShape"];
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
    post_match: {
        parameters: {
            query?: {
                /** @description Records an answer holds at most. */
                limit?: number;
                /** @description Probability from which `match` is true. */
                threshold?: number | null;
                /** @description Records below this probability are left out. */
                cutoff?: number | null;
                /** @description One of ecograph, best, default: they are one. */
                algorithm?: string;
                /** @description Only records of these datasets. */
                include_dataset?: string[];
                /** @description No records that only these datasets know. */
                exclude_dataset?: string[];
                /** @description No records of these schemata. */
                exclude_schema?: string[];
                /** @description Not these records. */
                exclude_entity_ids?: string[];
                /** @description False leaves out features and reasons. */
                explain?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MatchQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchShape"];
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
    post_match_dataset: {
        parameters: {
            query?: {
                /** @description Records an answer holds at most. */
                limit?: number;
                /** @description Probability from which `match` is true. */
                threshold?: number | null;
                /** @description Records below this probability are left out. */
                cutoff?: number | null;
                /** @description One of ecograph, best, default: they are one. */
                algorithm?: string;
                /** @description Only records of these datasets. */
                include_dataset?: string[];
                /** @description No records that only these datasets know. */
                exclude_dataset?: string[];
                /** @description No records of these schemata. */
                exclude_schema?: string[];
                /** @description Not these records. */
                exclude_entity_ids?: string[];
                /** @description False leaves out features and reasons. */
                explain?: boolean;
            };
            header?: never;
            path: {
                dataset: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MatchQuery"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MatchShape"];
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
    get_manifest: {
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
                    "application/json": components["schemas"]["ManifestShape"];
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
    post_queries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["Body_post_queries"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: components["schemas"]["CandidatesShape"];
                    } | components["schemas"]["ExtendedShape"];
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
    get_suggest_entity: {
        parameters: {
            query?: {
                prefix?: string;
                /** @description How many completions to pass over. */
                cursor?: number;
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
                    "application/json": components["schemas"]["SuggestionsShape"];
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
    get_suggest_type: {
        parameters: {
            query?: {
                prefix?: string;
                /** @description How many completions to pass over. */
                cursor?: number;
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
                    "application/json": components["schemas"]["SuggestionsShape"];
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
    get_suggest_property: {
        parameters: {
            query?: {
                prefix?: string;
                /** @description How many completions to pass over. */
                cursor?: number;
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
                    "application/json": components["schemas"]["SuggestionsShape"];
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
    get_propose: {
        parameters: {
            query?: {
                type?: string;
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
                    "application/json": components["schemas"]["ProposedShape"];
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
    get_preview: {
        parameters: {
            query: {
                id: string;
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
                    "text/html": string;
                };
            };
            /** @description The request cannot be answered */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": components["schemas"]["Problem"];
                };
            };
            /** @description A failure */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_contradictions: {
        parameters: {
            query?: {
                /** @description Items a page holds at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description Only this kind, as `kinds` names it. */
                kind?: string | null;
                /** @description Only regions whose name contains this. */
                region?: string | null;
                severity?: ("high" | "medium" | "low") | null;
                /** @description Only findings whose evidence holds this entity. */
                entity?: string | null;
                /** @description The day to judge dates by; today where none is given. */
                as_of?: string | null;
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
                    "application/json": components["schemas"]["ContradictionsShape"];
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
