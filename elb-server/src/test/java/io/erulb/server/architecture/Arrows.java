package io.erulb.server.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The rules of who may know whom, for modules below one root package. A module owns the packages named for it; the proxy
 * owns {@code routing} too.
 */
final class Arrows {
    private static final String[] JETCD = {"io.etcd..", "io.grpc..", "io.netty..", "io.vertx..", "com.google.protobuf.."
    };
    private static final String[] UNDERTOW = {"io.undertow..", "org.xnio.."};
    private static final String[] METRICS = {"com.codahale.metrics..", "com.github.jjagged.."};
    private static final String[] GSON = {"com.google.gson.."};
    private static final String[] RE2J = {"com.google.re2j.."};
    private static final String[] DNSJAVA = {"org.xbill.."};
    private static final String[] PCOLLECTIONS = {"org.pcollections.."};

    private final String root;

    Arrows(String root) {
        this.root = root;
    }

    /** Every rule by its name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("rules is a leaf", knowsOnly("rules"));
        rules.put("upstream is a leaf", knowsOnly("upstream"));
        rules.put("store is a leaf", knowsOnly("store"));
        rules.put("routing is below proxy", knowsOnly("routing", "rules", "upstream"));
        rules.put("proxy is below admin", knowsOnly("proxy", "routing", "rules", "upstream"));
        rules.put("sockets know no HTTP", knowsOnly("proxy.io"));
        rules.put("admin knows no store", knowsOnly("admin", "proxy", "routing", "rules", "upstream"));
        rules.put("DNS knows routing alone", knowsOnly("server.dns", "routing"));
        rules.put("upstream needs the JDK alone", upstreamNeedsTheJdkAlone());
        rules.put("jetcd stays in store.etcd", stays(JETCD, in("store.etcd")));
        rules.put("Undertow stays in proxy, admin, server", stays(UNDERTOW, in("proxy", "admin", "server")));
        rules.put("metrics stay in proxy, server", stays(METRICS, in("proxy", "server")));
        rules.put("re2j stays in rules", stays(RE2J, in("rules")));
        rules.put("dnsjava stays in server.dns", stays(DNSJAVA, in("server.dns")));
        rules.put("PCollections stay in routing", stays(PCOLLECTIONS, in("routing")));
        rules.put(
                "Gson stays in the document's reader and writer, policies, admin, imports and the shell",
                stays(
                        GSON,
                        in("routing.policy", "admin", "server.imports", "server.shell")
                                .or(document())));
        rules.put("policies know no tables", knowsOnly("routing.policy", "rules", "upstream"));
        rules.put("no cycles", slices().matching(root + ".(*)..").should().beFreeOfCycles());
        return rules;
    }

    private ArchRule knowsOnly(String module, String... others) {
        List<String> known = new ArrayList<>(List.of(others));
        known.add(module);
        DescribedPredicate<JavaClass> unknown =
                resideInAnyPackage(root + "..").and(not(in(known.toArray(String[]::new))));
        return noClasses().that(in(module)).should().dependOnClassesThat(unknown);
    }

    private ArchRule upstreamNeedsTheJdkAlone() {
        return classes()
                .that(in("upstream"))
                .should()
                .onlyDependOnClassesThat(in("upstream").or(resideInAnyPackage("java..", "org.jspecify..")));
    }

    private ArchRule stays(String[] library, DescribedPredicate<JavaClass> place) {
        return noClasses().that(not(place)).should().dependOnClassesThat(resideInAnyPackage(library));
    }

    private DescribedPredicate<JavaClass> document() {
        String names = Pattern.quote(root) + "\\.rules\\.RuleSet(Reader|Writer)(\\$.*)?";
        return DescribedPredicate.describe(
                "read or print the document", type -> type.getFullName().matches(names));
    }

    private DescribedPredicate<JavaClass> in(String... modules) {
        List<String> packages = new ArrayList<>();
        for (String module : modules) {
            packages.add(root + "." + module + "..");
        }
        return resideInAnyPackage(packages.toArray(String[]::new));
    }
}
