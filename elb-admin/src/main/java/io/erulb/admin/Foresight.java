package io.erulb.admin;

import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RecentTraffic;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingChange.PutDomain;
import io.erulb.routing.RoutingChange.RemoveDomain;
import io.erulb.routing.RoutingTable;
import io.erulb.rules.FilterTypes;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.RuleSet;
import io.erulb.rules.whatif.Comparison;
import io.erulb.rules.whatif.RecentRequests;
import io.erulb.rules.whatif.WhatIf;
import io.undertow.util.StatusCodes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a change without faults would have done to the requests of late. Safe for use by many threads. */
final class Foresight {
    /** What is made of the requests of a domain that goes. */
    private static final RuleSet GONE =
            RuleSet.parse("{\"init\":\"gone\",\"rules\":{\"gone\":{\"type\":\"respond\",\"args\":{\"status\":404}}}}");

    private final LiveRouting routing;
    private final RecentTraffic traffic;

    Foresight(LiveRouting routing, RecentTraffic traffic) {
        this.routing = routing;
        this.traffic = traffic;
    }

    /**
     * What the documents of a change would have done, by domain.
     *
     * @throws Refusal when a domain is not there, or no requests are kept
     */
    Map<String, Comparison> of(RoutingChange change) {
        RoutingTable table = routing.current();
        Map<String, Comparison> domains = new LinkedHashMap<>();
        documents(change).forEach((domain, document) -> {
            if (!table.domains().containsKey(domain)) {
                throw new Refusal(
                        Answer.message(StatusCodes.NOT_FOUND, "no domain of this name is configured: " + domain));
            }
            domains.put(domain, compare(domain, document));
        });
        return domains;
    }

    /**
     * The same for a write that must not move much: of those domains whose documents differ or go.
     *
     * @param table what would be changed
     * @throws Refusal when that can't be judged
     */
    Map<String, Comparison> toGuard(RoutingChange change, RoutingTable table) {
        Map<String, @Nullable RuleSet> documents = documents(change);
        if (documents.isEmpty()) {
            throw Refusal.badRequest("?max-moved is for writes of rules, so nothing was done");
        }
        Map<String, Comparison> domains = new LinkedHashMap<>();
        documents.forEach((domain, document) -> {
            if (!table.domains().containsKey(domain)) {
                refuseNew(table, domain, document);
            } else if (!table.domains().get(domain).rules().equals(document)) {
                refuseHandingOver(table, domain, document);
                Comparison comparison = compare(domain, document);
                if (comparison.requests() == 0) {
                    throw cannotJudge("no request to " + domain + " has come yet");
                }
                domains.put(domain, comparison);
            }
        });
        return domains;
    }

    private static void refuseNew(RoutingTable table, String domain, @Nullable RuleSet document) {
        Domain taker = table.domain(domain);
        if (document != null && taker != null) {
            throw cannotJudge(domain + " is new, and would take requests from " + taker.name());
        }
    }

    /** Requests of a domain that goes may go to another one, whose rules they have never seen. */
    private static void refuseHandingOver(RoutingTable table, String domain, @Nullable RuleSet document) {
        String host = domain.replaceFirst(":[0-9]+$", "");
        for (String other : document == null ? table.domains().keySet() : Set.<String>of()) {
            boolean takes = other.equals("*") || other.equals(host) || host.endsWith(other.replaceFirst("^\\*", ""));
            if (takes && !other.equals(domain)) {
                throw cannotJudge("the requests to " + domain + " would go to " + other);
            }
        }
    }

    static Refusal cannotJudge(String why) {
        return new Refusal(Answer.message(
                StatusCodes.CONFLICT, "it can't be told how much would move, so nothing was done: " + why));
    }

    /** The last document of each domain; null for one that goes. */
    private static Map<String, @Nullable RuleSet> documents(RoutingChange change) {
        Map<String, @Nullable RuleSet> documents = new TreeMap<>();
        for (RoutingChange.Edit edit : change.edits()) {
            if (edit instanceof PutDomain put) {
                documents.put(put.domain(), RuleSet.parse(put.json()));
            } else if (edit instanceof RemoveDomain removed) {
                documents.put(removed.domain(), null);
            }
        }
        return documents;
    }

    private Comparison compare(String domain, @Nullable RuleSet document) {
        RecentRequests requests = traffic.of(domain);
        if (requests == null) {
            throw new Refusal(Answer.message(
                    StatusCodes.CONFLICT,
                    "no requests are kept, so nothing was done (expected: a server with the setting WHATIF, such as"
                            + " WHATIF=10000)"));
        }
        RuleGraph graph = document == null
                ? RuleGraph.compile(domain, GONE, FilterTypes.installed())
                : RuleGraph.compile(domain, document, routing.filters());
        return WhatIf.compare(requests, graph);
    }
}
