package io.erulb.routing;

import io.erulb.upstream.Upstream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An upstream in force.
 *
 * @param name its name
 * @param parameters each server as written, with its parameters as written, in the order written
 * @param live the servers as they are picked from
 */
public record ConfiguredUpstream(String name, Map<String, String> parameters, Upstream live) {

    /** Copies the map, keeping its order. */
    public ConfiguredUpstream {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
