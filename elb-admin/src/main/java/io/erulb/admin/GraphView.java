package io.erulb.admin;

import io.erulb.rules.GraphFormat;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a graph is to be shown when not as JSON. */
final class GraphView {
    private static final HttpString POLICY = new HttpString("Content-Security-Policy");

    /** Names of rules are text in an image and no more; this holds should that ever fail. */
    private static final String NOTHING_BUT_STYLE = "default-src 'none'; style-src 'unsafe-inline'";

    private static final Map<String, GraphFormat> BY_NAME =
            Map.of("dot", GraphFormat.DOT, "mermaid", GraphFormat.MERMAID, "svg", GraphFormat.SVG);

    private GraphView() {}

    /**
     * What a caller asks for by {@code ?format}, else by its Accept field; null for JSON.
     *
     * @throws Refusal when there is no such format
     */
    static @Nullable GraphFormat format(AdminRequest request) {
        String name = request.parameter("format");
        if (name == null) {
            return accepted(request);
        }
        GraphFormat format = BY_NAME.get(name);
        if (format == null && !name.equals("json")) {
            throw Refusal.badRequest("?format=" + name + " (expected: json, dot, mermaid or svg)");
        }
        return format;
    }

    private static @Nullable GraphFormat accepted(AdminRequest request) {
        if (request.accept().contains("image/svg+xml")) {
            return GraphFormat.SVG;
        }
        if (request.accept().contains("text/vnd.graphviz")) {
            return GraphFormat.DOT;
        }
        return request.plain() ? GraphFormat.MERMAID : null;
    }

    static Answer answer(GraphFormat format, String text) {
        Map<HttpString, String> headers = new LinkedHashMap<>();
        headers.put(Headers.CONTENT_TYPE, type(format));
        if (format == GraphFormat.SVG) {
            headers.put(POLICY, NOTHING_BUT_STYLE);
        }
        return new Answer(StatusCodes.OK, headers, text);
    }

    private static String type(GraphFormat format) {
        return switch (format) {
            case DOT -> "text/vnd.graphviz; charset=utf-8";
            case MERMAID -> "text/plain; charset=utf-8";
            case SVG -> "image/svg+xml";
        };
    }
}
