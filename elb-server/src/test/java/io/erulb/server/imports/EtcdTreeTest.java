package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.KeyLayout;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdTreeTest {
    private static final Place FILE = Place.of("backup.json");

    private static final String RULES = """
            {"key": "/ELB/rules", "dir": true, "modifiedIndex": 4, "createdIndex": 4, "nodes": [
              {"key": "/ELB/rules/t.local:8080", "value": "{\\"init\\": \\"\\\\u003c\\"}\\n", "modifiedIndex": 4},
              {"key": "/ELB/rules/*.t.local", "value": "{}"}]}""";
    private static final String UPSTREAMS = """
            {"key": "/ELB/upstreams", "dir": true, "nodes": [
              {"key": "/ELB/upstreams/up1", "dir": true, "nodes": [
                {"key": "/ELB/upstreams/up1/[::1]:80", "value": ""},
                {"key": "/ELB/upstreams/up1/127.0.0.1:8088", "value": "fail_timeout=10 down=true"}]}]}""";
    private static final String ALL =
            "{\"key\": \"/ELB\", \"dir\": true, \"nodes\": [" + RULES + "," + UPSTREAMS + "]}";

    private static Findings read(String json) throws UnreadableException {
        return EtcdTree.read(json, FILE, new KeyLayout("ELB"));
    }

    private static List<String> entries(String json) throws UnreadableException {
        return read(json).entries().entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue().value())
                .toList();
    }

    @Test
    void valuesComeOutAsTheyWerePut() throws Exception {
        assertThat(entries("{\"action\": \"get\", \"node\": " + ALL + "}"))
                .containsExactly(
                        "rules/*.t.local = {}",
                        "rules/t.local:8080 = {\"init\": \"\\u003c\"}\n",
                        "upstreams/up1/127.0.0.1:8088 = fail_timeout=10 down=true",
                        "upstreams/up1/[::1]:80 = ");
    }

    @Test
    void theTreeMayStandAloneAndBeAnyPartOfIt() throws Exception {
        assertThat(entries(ALL)).hasSize(4);
        assertThat(entries("{\"dir\": true, \"nodes\": [" + ALL + "]}")).hasSize(4);
        assertThat(entries("{\"node\": " + RULES + "}"))
                .containsExactly("rules/*.t.local = {}", "rules/t.local:8080 = {\"init\": \"\\u003c\"}\n");
        assertThat(entries(UPSTREAMS)).hasSize(2);
        assertThat(entries("{\"node\": {\"value\": \"{}\", \"key\": \"/ELB/rules/a\", \"dir\": false}}"))
                .containsExactly("rules/a = {}");
    }

    @Test
    void keysThatAreNoConfigurationAreStrays() throws Exception {
        Findings found = read("""
                {"nodes": [{"key": "/ELB/rules/a/b", "value": ""}, {"key": "/ELB/lock", "value": ""},
                  {"key": "/ELBOW/rules/a", "value": ""}, {"key": "/ELB/upstreams/up1", "value": ""},
                  {"key": "/ELB/rules/a", "value": "{}"}]}""");

        assertThat(found.entries()).hasSize(1);
        assertThat(found.faults()).isEmpty();
        assertThat(found.warnings())
                .hasSize(4)
                .allMatch(warning -> warning.startsWith("backup.json: /ELB") && warning.contains("is a stray"))
                .anyMatch(warning -> warning.startsWith("backup.json: /ELBOW/rules/a is a stray"));
    }

    @Test
    void ofManyStraysTheFirstAreTold() throws Exception {
        String strays = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"key\": \"/other/" + i + "\", \"value\": \"\"}")
                .collect(Collectors.joining(","));

        assertThat(read("{\"nodes\": [" + strays + "]}").warnings())
                .hasSize(101)
                .endsWith("backup.json: there are more strays than these 100");
    }

    @Test
    void whatExpiresOrIsEmptyIsTold() throws Exception {
        Findings found = read("""
                {"nodes": [{"key": "/ELB/rules/a", "value": "{}", "ttl": 100, "expiration": "2026-01-01T00:00:00Z"},
                  {"key": "/ELB/upstreams/none", "dir": true}, {"key": "/other/none", "dir": true}]}""");

        assertThat(found.entries()).hasSize(1);
        assertThat(found.warnings())
                .containsExactly(
                        "backup.json: rules/a expires there (its ttl); here it will stay",
                        "backup.json: /ELB/upstreams/none is a folder without keys, or was read without"
                                + " ?recursive=true");
    }

    @Test
    void aKeyThatStandsTwiceIsAFault() throws Exception {
        Findings found = read("{\"nodes\": [" + RULES + "," + RULES + "]}");

        assertThat(found.faults())
                .containsExactly(
                        "backup.json: rules/t.local:8080 stands twice, also at backup.json (expected: once)",
                        "backup.json: rules/*.t.local stands twice, also at backup.json (expected: once)");
        assertThat(found.entries().keySet()).allMatch(found::isRefused);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                    | ends too early",
                "{\"nodes\": [}                                       | malformed JSON",
                "{\"node\": {\"key\": \"/ELB/rules/a\", value: \"\"}} | malformed JSON",
                "{}                                                   | no tree of keys (expected: what version 2 of etcd",
                "{\"t.local\": {\"init\": \"r\", \"rules\": {}}}      | no tree of keys",
                "{\"nodes\": [{\"key\": \"/ELB/rules/a\"}]}           | no key or no value at $.nodes[0]",
                "{\"nodes\": [{\"value\": \"{}\"}]}                   | no key or no value at $.nodes[0]",
                "{\"nodes\": {}}                                      | $.nodes is no tree of keys (expected: an array)",
                "{\"nodes\": [7]}                                     | $.nodes[0] is no tree of keys (expected: an object)",
                "{\"node\": [7]}                                      | $.node is no tree of keys (expected: an object)",
                "{\"node\": {\"key\": 7}}                             | $.node.key is no tree of keys (expected: a string)",
                "{\"node\": {\"key\": \"a\", \"value\": {}}}          | $.node.value is no tree of keys (expected: a string)",
                "{\"node\": {\"dir\": \"true\"}}                      | $.node.dir is no tree of keys (expected: true or false)",
                "{\"errorCode\": 100, \"message\": \"Key not found\"} | an answer of etcd's that says: Key not found",
                "{\"nodes\": []} {}                                   | malformed JSON: malformed JSON at line 1 column 16",
            })
    void whatIsNoTreeIsUnreadable(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining(message);
    }

    @Test
    void depthIsBounded() {
        int deep = 1_000_000;

        assertThatThrownBy(() -> read("{\"nodes\":[".repeat(deep)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("Nesting limit");
        assertThatThrownBy(() -> read("{\"other\":" + "[".repeat(deep)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("Nesting limit");
    }
}
