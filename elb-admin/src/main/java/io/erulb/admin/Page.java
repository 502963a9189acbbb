package io.erulb.admin;

import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page: one file of it, which lies beside the API in the folder {@code page}. It holds no secret and asks the API for
 * all it shows, so that whoever may know that there is an API may have it. Immutable.
 *
 * @param name the segment after the prefix, empty for the page itself
 * @param answer the file with the fields it is sent with
 */
record Page(String name, Answer answer) implements Resource {
    private static final String INDEX = "index.html";
    private static final List<String> FILES = List.of(
            INDEX,
            "icon.svg",
            "base.css",
            "parts.css",
            "graph.css",
            "theme.js",
            "page.js",
            "api.js",
            "dialog.js",
            "diff.js",
            "document.js",
            "dom.js",
            "domain.js",
            "domains.js",
            "editor.js",
            "explain.js",
            "figures.js",
            "findings.js",
            "graph.js",
            "history.js",
            "json.js",
            "live.js",
            "overview.js",
            "review.js",
            "router.js",
            "rules.js",
            "text.js",
            "token.js",
            "upstreams.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Scripts and styles are files of the page, and nothing is asked of another host. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<HttpString, String> FIELDS = Map.of(
            Headers.CACHE_CONTROL,
            "no-cache",
            new HttpString("Content-Security-Policy"),
            POLICY,
            new HttpString("X-Content-Type-Options"),
            "nosniff",
            new HttpString("Referrer-Policy"),
            "no-referrer",
            new HttpString("Cross-Origin-Opener-Policy"),
            "same-origin",
            new HttpString("Cross-Origin-Resource-Policy"),
            "same-origin");

    /** All files of the page. */
    static List<Page> files() {
        return FILES.stream().map(Page::read).toList();
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", request -> answer);
    }

    @Override
    public boolean open() {
        return true;
    }

    private static Page read(String file) {
        byte[] bytes = bytes(file);
        Map<HttpString, String> fields = new LinkedHashMap<>();
        fields.put(Headers.CONTENT_TYPE, TYPES.get(file.substring(file.lastIndexOf('.') + 1)));
        fields.put(Headers.ETAG, '"' + digest(bytes) + '"');
        fields.putAll(FIELDS);
        return new Page(
                file.equals(INDEX) ? "" : file,
                new Answer(StatusCodes.OK, fields, new String(bytes, StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String file) {
        try (InputStream in = Page.class.getResourceAsStream("page/" + file)) {
            if (in == null) {
                throw new IllegalStateException("page/" + file + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new BigInteger(1, hash).toString(36).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
