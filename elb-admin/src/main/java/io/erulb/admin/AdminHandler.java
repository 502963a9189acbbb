package io.erulb.admin;

import io.erulb.admin.Resource.Action;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.HttpContinueReadHandler;
import io.undertow.util.Headers;
import io.undertow.util.QueryParameterUtils;
import io.undertow.util.StatusCodes;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call: may its caller, is there such a resource and method, its body, then the resource's action on a
 * worker thread.
 */
final class AdminHandler {
    private static final System.Logger LOG = System.getLogger("io.erulb.admin");
    private static final String GET = "GET";
    private static final String HEAD = "HEAD";
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final byte[] NO_BODY = {};

    private final Access access;
    private final Map<String, Resource> resources;
    private final int maxBody;

    AdminHandler(Access access, List<Resource> resources, int maxBody) {
        this.access = access;
        this.resources = resources.stream().collect(Collectors.toUnmodifiableMap(Resource::name, Function.identity()));
        this.maxBody = maxBody;
    }

    /** Answers a call to a resource or an item of it. */
    void serve(HttpServerExchange exchange, AdminPath path) throws Exception {
        if (!exchange.isInIoThread()) {
            exchange.dispatch(exchange.getIoThread(), handedOver -> serve(handedOver, path));
            return;
        }
        exchange.setMaxEntitySize(maxBody);
        Resource resource = resources.get(path.resource());
        Answer refusal = access.refusal(exchange);
        boolean open = resource != null && resource.open() && access.showsWhatIsOpen();
        if (refusal != null && !open) {
            refusal.send(exchange);
        } else if (resource == null) {
            Answer.NOT_FOUND.send(exchange);
        } else {
            serve(exchange, resource, path.item(), refusal == null);
        }
    }

    private void serve(HttpServerExchange exchange, Resource resource, @Nullable String item, boolean trusted)
            throws Exception {
        String method = exchange.getRequestMethod().toString();
        Action action = resource.actions().get(method.equals(HEAD) ? GET : method);
        if (action == null) {
            methodNotAllowed(method, resource).send(exchange);
        } else if (method.equals(GET) || method.equals(HEAD)) {
            run(exchange, action, request(exchange, item, trusted, WriteOptions.NONE));
        } else {
            write(exchange, action, item, trusted);
        }
    }

    private static Answer methodNotAllowed(String method, Resource resource) {
        String allowed = Stream.of(GET, HEAD, "POST", "PUT", "DELETE")
                .filter(name -> resource.actions().containsKey(name.equals(HEAD) ? GET : name))
                .collect(Collectors.joining(", "));
        return Answer.message(
                        StatusCodes.METHOD_NOT_ALLOWED, method + " is not possible here (expected: " + allowed + ")")
                .with(Headers.ALLOW, allowed);
    }

    private static AdminRequest request(
            HttpServerExchange exchange, @Nullable String item, boolean trusted, WriteOptions options) {
        String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
        return new AdminRequest(trusted, item, query(exchange), accept == null ? "" : accept, options, NO_BODY);
    }

    /** Read here: not every listener takes the query apart. A percent sign that escapes nothing stands for itself. */
    private static Map<String, Deque<String>> query(HttpServerExchange exchange) {
        String query = LONE_PERCENT.matcher(exchange.getQueryString()).replaceAll("%25");
        return QueryParameterUtils.parseQueryString(query, "UTF-8");
    }

    private void write(HttpServerExchange exchange, Action action, @Nullable String item, boolean trusted)
            throws Exception {
        AdminRequest head;
        try {
            head = request(
                    exchange,
                    item,
                    trusted,
                    WriteOptions.read(exchange.getRequestHeaders(), query(exchange), access.caller()));
        } catch (Refusal refusal) {
            refusal.answer().send(exchange);
            return;
        }
        BodyReading reading = new BodyReading(maxBody, body -> run(exchange, action, head.with(body)));
        new HttpContinueReadHandler(reading).handleRequest(exchange);
    }

    private static void run(HttpServerExchange exchange, Action action, AdminRequest request) {
        exchange.dispatch(worked -> answer(action, request).send(worked));
    }

    private static Answer answer(Action action, AdminRequest request) {
        try {
            return action.answer(request);
        } catch (Refusal refusal) {
            return refusal.answer();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "an admin call failed", e);
            return Answer.message(StatusCodes.INTERNAL_SERVER_ERROR, "the call failed; the log says why");
        }
    }
}
