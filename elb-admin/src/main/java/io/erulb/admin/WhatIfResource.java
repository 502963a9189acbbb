package io.erulb.admin;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingFault;
import io.erulb.rules.whatif.Comparison;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code whatif}: what other rules would have done to the requests of late. Changes nothing. */
final class WhatIfResource implements Resource {
    private final LiveRouting routing;
    private final Foresight foresight;

    WhatIfResource(LiveRouting routing, Foresight foresight) {
        this.routing = routing;
        this.foresight = foresight;
    }

    @Override
    public String name() {
        return "whatif";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("POST", this::post);
    }

    private Answer post(AdminRequest request) {
        Edits edits = DocumentBody.read(Documents.RULES, request);
        List<RoutingFault> faults = Stream.concat(
                        edits.faults().stream(), routing.preview(edits.change()).faults().stream())
                .toList();
        if (!faults.isEmpty()) {
            throw Refusal.faults(faults.stream().map(ErrorEntry::of).toList());
        }
        Map<String, Comparison> domains = foresight.of(edits.change());
        Moves moves = new Moves(domains);
        MaxMoved most = request.options().maxMoved();
        int status = most == null || moves.within(most) ? StatusCodes.OK : StatusCodes.CONFLICT;
        return request.plain()
                ? Answer.text(WhatIfText.of(domains)).withStatus(status)
                : Answer.json(status, JsonText.of(moves::write));
    }
}
