package io.erulb.rules;

import io.erulb.rules.spi.FilterArgs;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the tests of a document, and notes what is wrong with them. For one use. */
final class TestReader {
    private static final int LEAST_STATUS = 200;
    private static final int MOST_STATUS = 599;
    private static final RequestFacts NOTHING = RequestFacts.get("http://t.local/");

    private final FaultList faults;
    private final Set<String> names = new HashSet<>();
    private final List<RuleTest> tests = new ArrayList<>();

    TestReader(FaultList faults) {
        this.faults = faults;
    }

    /** The tests in their order; what can't be read of them is noted, and something harmless stands for it. */
    List<RuleTest> read(JsonValue.Obj document) {
        JsonValue written = document.get("tests");
        if (written instanceof JsonValue.Arr array) {
            for (int i = 0; i < array.items().size(); i++) {
                read("tests[" + i + "]", array.items().get(i));
            }
        } else if (written != null) {
            faults.add(null, "tests", written, "expected: an array of tests");
        }
        return tests;
    }

    private void read(String place, JsonValue item) {
        if (!(item instanceof JsonValue.Obj object)) {
            faults.add(null, place, item, "expected: an object with name, request and expect");
            return;
        }
        RuleArgs args = RuleArgs.at(faults, place + ".", object);
        String name = name(args);
        FilterArgs request = args.object("request");
        RequestFacts facts = facts(request);
        Instant at = at(request);
        Expectation expected = expected(args, args.object("expect"));
        args.refuseUnknown();
        tests.add(new RuleTest(name, facts, at, expected));
    }

    private String name(FilterArgs args) {
        String name = args.text("name");
        if (name.isBlank()) {
            args.fault("name", "expected: a name that tells what is tested");
        } else if (!names.add(name)) {
            args.fault("name", "another test has this name");
        }
        return name;
    }

    private RequestFacts facts(FilterArgs request) {
        RequestFacts facts = url(request, request.text("method", "GET"), request.text("url"));
        if (request.has("headers")) {
            facts = withHeaders(facts, request.object("headers"));
        }
        return request.has("client") ? withClient(facts, request) : facts;
    }

    /** A URL without a host is one of this domain's. */
    private RequestFacts url(FilterArgs request, String method, String url) {
        String domain = faults.domain();
        boolean bare = url.startsWith("/");
        try {
            if (!bare || domain.indexOf('*') < 0) {
                return RequestFacts.of(method, bare ? "http://" + domain + url : url);
            }
            request.fault("url", "expected: http://host/path, as " + domain + " stands for many hosts");
        } catch (IllegalArgumentException bad) {
            request.fault("url", "expected: http://host/path or /path, without broken escapes or .. above the root");
        }
        return NOTHING;
    }

    private static RequestFacts withHeaders(RequestFacts facts, FilterArgs headers) {
        RequestFacts with = facts;
        for (String name : headers.names()) {
            for (String value : headers.texts(name)) {
                with = with.withHeader(name, value);
            }
        }
        return with;
    }

    private static RequestFacts withClient(RequestFacts facts, FilterArgs request) {
        try {
            return facts.withClient(request.text("client"));
        } catch (IllegalArgumentException bad) {
            request.fault("client", "expected: an IP address");
            return facts;
        }
    }

    private static @Nullable Instant at(FilterArgs request) {
        if (!request.has("at")) {
            return null;
        }
        try {
            return Instant.parse(request.text("at"));
        } catch (DateTimeException bad) {
            request.fault("at", "expected: a moment such as 2026-01-05T10:00:00Z");
            return null;
        }
    }

    private static Expectation expected(FilterArgs test, FilterArgs expect) {
        String backend = optional(expect, "backend");
        Integer status =
                expect.has("status") ? expect.integer("status", LEAST_STATUS, LEAST_STATUS, MOST_STATUS) : null;
        String location = optional(expect, "location");
        String path = optional(expect, "path");
        Expectation expected = path != null && path.startsWith("/")
                ? new Expectation(backend, status, location, normal(expect, path), null)
                : new Expectation(backend, status, location, null, path);
        if (expected.isEmpty()) {
            test.fault("expect", "expected: backend, status, location or path");
        }
        return expected;
    }

    private static @Nullable String optional(FilterArgs args, String name) {
        return args.has(name) ? args.text(name) : null;
    }

    private static String normal(FilterArgs expect, String path) {
        String normal = path.indexOf('?') < 0 && path.indexOf('#') < 0 ? UriPath.normalize(path) : null;
        if (normal == null) {
            expect.fault("path", "expected: a path as it may be sent, without query; or a way such as r1+ r4- r3");
        }
        return normal == null ? path : normal;
    }
}
