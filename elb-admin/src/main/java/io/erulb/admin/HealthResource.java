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
        if (routing.current().loaded()) {
            return READY;
        }
        return request.trusted() ? starting(source.status()) : STARTING;
    }

    private static Answer starting(SourceStatus status) {
        String cause = status.error() == null ? "" : ": " + status.error();
        String reason = "no configuration has come yet from " + status.description() + cause;
        return Answer.json(
                StatusCodes.SERVICE_UNAVAILABLE,
                JsonText.of(out -> out.beginObject()
                        .name("status")
                        .value("starting")
                        .name("reason")
                        .value(reason)
                        .endObject()));
    }
}
