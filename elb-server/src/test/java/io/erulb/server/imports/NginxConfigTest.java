package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NginxConfigTest {

    /** A configuration and what is found in it, one thing a line: keys with values, then faults, then warnings. */
    record Case(String name, String config, List<String> found) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, String config, String... found) {
        return new Case(name, config, List.of(found));
    }

    static Stream<Case> upstreams() {
        return Stream.of(
                of(
                        "in http, with parameters",
                        "http { upstream up1 { server 10.0.0.1:80 weight=2  max_fails=3\tfail_timeout=30s; server b down; } }",
                        "upstreams/up1/10.0.0.1:80 \"weight=2 max_fails=3 fail_timeout=30s\"",
                        "upstreams/up1/b \"down\""),
                of(
                        "outermost, as in a file that is included",
                        "upstream up1{server [::1]:80;}upstream up2{server a.example backup;}",
                        "upstreams/up1/[::1]:80 \"\"",
                        "upstreams/up2/a.example \"backup\""),
                of(
                        "quotes",
                        "upstream \"up{1}\" { server '10.0.0.1' \"weight=2\"; }",
                        "upstreams/up{1}/10.0.0.1 \"weight=2\""),
                of(
                        "escapes",
                        "upstream 'it\\'s' { server \"a\\\"b\"; server c\\;d; }",
                        "upstreams/it's/a\"b \"\"",
                        "upstreams/it's/c\\;d \"\""),
                of(
                        "comments",
                        "# upstream a { server b; }\nupstream up1 { # \"\n#}\nserver a#b; # server c;\n}#",
                        "upstreams/up1/a#b \"\""),
                of(
                        "braces and quotes inside words",
                        "log ${a}b{ x y; } map $a { \"~^a{2}$\" '}'; default don't; } upstream up1 { server a; }",
                        "upstreams/up1/a \"\""),
                of(
                        "a variable in braces is part of a word",
                        "set $x http://${host}/; upstream up1 { server ${a}; }",
                        "upstreams/up1/${a} \"\""),
                of(
                        "other blocks",
                        "events { } http { server { upstream no { server a; } location / { include x; server b; } }"
                                + " types { text/html html; } upstream up1 { server a; } } mail { http { upstream no { } } }",
                        "upstreams/up1/a \"\""),
                of(
                        "Lua: blocks in blocks",
                        "a_by_lua_block { { } { { } } } upstream up1 { server a; }",
                        "upstreams/up1/a \"\""),
                of(
                        "Lua: strings",
                        "set_by_lua_block $x { a = \"}\" b = '\\'}' c = [[ }\" ]] d = [=[ }]] ]=] e = f[g[1]] }"
                                + " upstream up1 { server a; }",
                        "upstreams/up1/a \"\""),
                of(
                        "Lua: comments",
                        "a_by_lua_block { -- } don't\n --[ }\n --[[ }\n ]] --[==[ }]]\n ]==] --[[]] } upstream up1 { server a; }",
                        "upstreams/up1/a \"\""),
                of("nothing", ""));
    }

    static Stream<Case> told() {
        return Stream.of(
                of(
                        "directives without a place",
                        "upstream up1 {\nip_hash;\nkeepalive 32;\nzone z 64k;\ncheck interval=3000 rise=2;\nserver a;\n}",
                        "upstreams/up1/a \"\"",
                        "n.conf:2: upstream up1: ip_hash stays behind: requests go round robin, by weight",
                        "n.conf:3: upstream up1: keepalive 32 stays behind: ELB keeps connections by settings of its own",
                        "n.conf:4: upstream up1: zone z 64k stays behind: ELB does without",
                        "n.conf:5: upstream up1: check interval=3000 rise=2 stays behind: ELB has no place for it"),
                of(
                        "parameters without a place",
                        "upstream up1 {\n server a resolve\n slow_start=30s weight=2 route=x; }",
                        "upstreams/up1/a \"weight=2\"",
                        "n.conf:2: upstream up1, server a: resolve stays behind: ELB looks names up again by itself",
                        "n.conf:2: upstream up1, server a: slow_start=30s stays behind: a server that is back has its full"
                                + " weight at once",
                        "n.conf:2: upstream up1, server a: route=x stays behind: requests go round robin, by weight"),
                of(
                        "parameters that ELB is to judge",
                        "upstream up1 { server a weight=0 service=x; }",
                        "upstreams/up1/a \"weight=0 service=x\""),
                of(
                        "a block of Lua in an upstream",
                        "upstream up1 {\n balancer_by_lua_block {\n{ } }\n server a; }",
                        "upstreams/up1/a \"\"",
                        "n.conf:2: upstream up1: balancer_by_lua_block stays behind: requests go round robin, by weight"),
                of(
                        "another block in an upstream",
                        "upstream up1 { server a; extra x { server b; } server c; }",
                        "upstreams/up1/a \"\"",
                        "upstreams/up1/c \"\"",
                        "n.conf:1: upstream up1: extra x stays behind: ELB has no place for it"),
                of(
                        "include",
                        "include a.conf;\nhttp {\ninclude b/*.conf;\nupstream up1 {\ninclude c;\nserver a; } }",
                        "upstreams/up1/a \"\"",
                        "n.conf:1: include a.conf: what it includes is not read; import that file as well",
                        "n.conf:3: include b/*.conf: what it includes is not read; import that file as well",
                        "n.conf:5: upstream up1: include c stays behind: what it includes is not read; import that file as"
                                + " well"),
                of(
                        "streams",
                        "stream { include s;\nupstream up1 { server a; } server { listen 1; } }",
                        "n.conf:1: include s: what it includes is not read; import that file as well",
                        "n.conf:2: upstream up1 stands in stream and stays behind: ELB speaks HTTP"),
                of("an upstream without servers", "\nupstream up1 { }", "n.conf:2: upstream up1 has no servers here"),
                of(
                        "a server that can't be a key",
                        "upstream up1 {\n server unix:/a;\n server; }",
                        "n.conf:2: upstream up1, server unix:/a (expected: ip, ip:port, host, host:port, [v6] or [v6]:port)",
                        "n.conf:3: upstream up1, server  (expected: ip, ip:port, host, host:port, [v6] or [v6]:port)"),
                of(
                        "an upstream that can't be a key",
                        "upstream a/b { server a; }\nupstream { server a; }\nupstream a b { server a; }",
                        "n.conf:1: upstream: a/b (expected: one name, without slashes)",
                        "n.conf:2: upstream:  (expected: one name, without slashes)",
                        "n.conf:3: upstream: a (expected: one name, without slashes)"),
                of(
                        "a server that stands twice",
                        "upstream up1 { server a;\nserver a weight=2; server b; }",
                        "refused upstreams/up1/a \"\"",
                        "upstreams/up1/b \"\"",
                        "n.conf:2: upstreams/up1/a stands twice, also at n.conf:1 (expected: once)"),
                of(
                        "an upstream that stands twice",
                        "upstream up1 { server a; }\nupstream up1 { server b; }",
                        "refused upstreams/up1/a \"\"",
                        "refused upstreams/up1/b \"\"",
                        "n.conf:2: upstream up1 stands twice, also at n.conf:1 (expected: once)"));
    }

    @ParameterizedTest
    @MethodSource({"upstreams", "told"})
    void whatIsFound(Case each) throws Exception {
        Findings found = NginxConfig.read(each.config, "n.conf");

        List<String> entries = found.entries().entrySet().stream()
                .map(entry -> (found.isRefused(entry.getKey()) ? "refused " : "") + entry.getKey() + " \""
                        + entry.getValue().value() + '"')
                .toList();
        assertThat(Stream.of(entries, found.faults(), found.warnings()).flatMap(List::stream))
                .containsExactlyElementsOf(each.found);
    }

    static Stream<Case> unreadable() {
        return Stream.of(
                of("an open block", "a;\nhttp {\nupstream up1 { server a; }", "line 2: the block is not closed"),
                of("too many braces", "http { }\n}", "line 2: } without a block"),
                of(
                        "no semicolon before a brace",
                        "upstream up1 {\nserver a\n}",
                        "line 2: server ends without a semicolon"),
                of("no semicolon before the end", "user\nwww", "line 1: user ends without a semicolon"),
                of("a semicolon alone", "a;\n;", "line 2: a semicolon or brace without a directive before it"),
                of("a brace alone", "{ }", "line 1: a semicolon or brace without a directive before it"),
                of("an open quote", "a b;\nc \"d;\ne", "line 2: a quote is opened and not closed"),
                of("open Lua", "a_by_lua_block {\n{ }\n", "line 1: a block of Lua is opened and not closed"),
                of("open Lua text", "a_by_lua_block { [[ ] }", "line 1: a block of Lua is opened and not closed"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void whatNginxWouldRefuseIsUnreadable(Case each) {
        assertThatThrownBy(() -> NginxConfig.read(each.config, "n.conf"))
                .isInstanceOf(UnreadableException.class)
                .hasMessage(each.found.get(0));
    }

    @Test
    void depthAndLengthDoNoHarm() throws Exception {
        int deep = 1_000_000;
        String nested = "a {".repeat(deep) + "}".repeat(deep) + "upstream up1 { server a; }";
        String lua = "a_by_lua_block {" + "{".repeat(deep) + "}".repeat(deep) + "}";

        assertThat(NginxConfig.read(nested + lua, "n.conf").entries()).hasSize(1);
        assertThatThrownBy(() -> NginxConfig.read("a \\".repeat(deep), "n.conf"))
                .isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> NginxConfig.read("a_by_lua_block {" + "[=".repeat(deep), "n.conf"))
                .isInstanceOf(UnreadableException.class);
    }
}
