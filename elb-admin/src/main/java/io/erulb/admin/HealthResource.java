package io.erulb.admin;

import io.erulb.routing.ConfigSource;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.SourceStatus;
import io.undertow.util.StatusCodes;
import java.util.Map;

/** {@code health}: whether a configuration is in force, for probes. Those without the token learn no reason. */
final class HealthResource implements Resource {
    private static final Answer READY = Answer.json(StatusCodes.OK, "{\"status\":\"ready\"}");
    private static final Answer STARTING = Answer.json(StatusCodes.SERVICE_UNAVAILABLE, "{\"status\":\"starting\"}");

    private final LiveRouting routing;
    private final ConfigSource source;

    HealthResource(LiveRouting routing, ConfigSource source) {
        this.routing = routing;
        this.source = source;
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get);
    }

    @Override
    public boolean open() {
        return true;
    }

    private Answer get(AdminRequest request) {
        if (!request.trusted()) {
            return routing.current().loaded() ? READY : STARTING;
        }
        SourceStatus status = source.status();
        if (!routing.current().loaded()) {
            String reason = "no configuration has come yet from " + status.description() + cause(status);
            return answer(StatusCodes.SERVICE_UNAVAILABLE, "starting", reason);
        }
        SourceStatus.Copy copy = status.copy();
        return copy == null || copy.inForceOf() == null ? READY : fromCopy(status, copy);
    }

    private static Answer fromCopy(SourceStatus status, SourceStatus.Copy copy) {
        String reason = "a copy of " + copy.inForceOf() + " is in force, since nothing has come from "
                + status.description() + cause(status);
        return answer(StatusCodes.OK, "ready", reason);
    }

    private static String cause(SourceStatus status) {
        return status.error() == null ? "" : ": " + status.error();
    }

    private static Answer answer(int code, String status, String reason) {
        return Answer.json(
                code,
                JsonText.of(out -> out.beginObject()
                        .name("status")
                        .value(status)
                        .name("reason")
                        .value(reason)
                        .endObject()));
    }
}
