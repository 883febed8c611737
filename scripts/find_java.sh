#!/bin/sh
# Prints the home of the newest JDK that can run Neo4j and Elasticsearch (21 up) and checks for Maven, or says what is missing.
set -u
best=0
home=
for candidate in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java 2>/dev/null)" 2>/dev/null)")")" /usr/lib/jvm/*; do
    [ -x "$candidate/bin/java" ] && [ -x "$candidate/bin/javac" ] || continue
    version=$("$candidate/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    if [ "${version:-0}" -gt "$best" ]; then best=$version; home=$candidate; fi
done
if [ "$best" -lt 21 ]; then
    echo "the real Neo4j and Elasticsearch need a JDK of version 21 or newer (newest found: ${best})." >&2
    echo "Install one (Debian 13: apt-get install openjdk-21-jdk-headless) or set JAVA_HOME." >&2
    exit 1
fi
if ! command -v mvn >/dev/null 2>&1; then
    echo "the real Neo4j and Elasticsearch are fetched with Maven, and there is no mvn on PATH (apt-get install maven)." >&2
    exit 1
fi
echo "$home"
