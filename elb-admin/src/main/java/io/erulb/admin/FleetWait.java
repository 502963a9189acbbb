package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Fleet;
import io.erulb.routing.FleetMember;
import io.erulb.routing.FleetMember.Problem;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingChange.PutDomain;
import io.erulb.routing.RoutingChange.PutPolicy;
import io.erulb.routing.RoutingChange.PutServer;
import io.erulb.routing.RoutingChange.PutUpstream;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Waits until every instance has taken in a change of the store: one has when it takes the change's revision into account,
 * or has the very same configuration in force.
 */
final class FleetWait {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Fleet fleet;
    private final ConfigTags tags;

    FleetWait(Fleet fleet, ConfigTags tags) {
        this.fleet = fleet;
        this.tags = tags;
    }

    /** The problems of what a change names, whichever revision brought them: one that was there has not ended. */
    static Predicate<Problem> touching(RoutingChange change) {
        Set<String> domains = new HashSet<>();
        Set<String> upstreams = new HashSet<>();
        Set<String> policies = new HashSet<>();
        for (RoutingChange.Edit edit : change.edits()) {
            if (edit instanceof PutDomain put) {
                domains.add(put.domain());
            } else if (edit instanceof PutUpstream put) {
                upstreams.add(put.upstream());
            } else if (edit instanceof PutServer put) {
                upstreams.add(put.upstream());
            } else if (edit instanceof PutPolicy put) {
                policies.add(put.upstream());
            }
        }
        Map<Kind, Set<String>> names = Map.of(Kind.DOMAIN, domains, Kind.UPSTREAM, upstreams, Kind.POLICY, policies);
        return problem -> problem.revision() > 0
                && names.getOrDefault(problem.kind(), Set.of()).contains(problem.name());
    }

    /** The problems that a revision brought. */
    static Predicate<Problem> since(long revision) {
        return problem -> problem.revision() >= revision;
    }

    /** An instance that has set the change aside, and why. */
    private record Refusing(String instance, String message) {}

    /** Where the instances are. */
    private record Progress(List<String> applied, List<Refusing> refused, List<String> waiting) {
        static Progress nothing() {
            return new Progress(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        boolean complete() {
            return refused.isEmpty() && waiting.isEmpty();
        }
    }

    /**
     * Waits at most so long, and tells who has the change in force, who refused it, and who has not said anything.
     *
     * @param written the table in force here with the change
     * @param concerned whether a problem is one of the change
     */
    Answer await(Duration most, RoutingTable written, Predicate<Problem> concerned) {
        long end = System.nanoTime() + most.toNanos();
        try {
            Progress progress = look(written, concerned);
            while (!progress.waiting().isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(LOOK_NANOS);
                progress = look(written, concerned);
            }
            return answer(progress, written.sourceRevision(), most);
        } catch (SourceException away) {
            return Answer.message(
                    StatusCodes.GATEWAY_TIME_OUT,
                    "written and in force here, but the fleet can't be asked: " + away.getMessage());
        }
    }

    private Progress look(RoutingTable written, Predicate<Problem> concerned) throws SourceException {
        String tag = tags.digest(written);
        Progress progress = Progress.nothing();
        List<FleetMember> members = fleet.members();
        if (members.stream().noneMatch(FleetMember::self)) {
            // Where we are not seen ourselves, others may not be seen either.
            progress.waiting().add("this instance, which the fleet does not know of");
        }
        for (FleetMember member : members) {
            // Ourselves too: where the fleet does not know of us yet, it would not agree yet for who looks next.
            if (member.config().tag().equals(tag)) {
                progress.applied().add(member.name());
            } else if (member.config().revision() < written.sourceRevision()) {
                progress.waiting().add(member.name());
            } else {
                member.problems().stream()
                        .filter(concerned)
                        .findFirst()
                        .ifPresentOrElse(
                                problem -> progress.refused().add(new Refusing(member.name(), problem.message())),
                                () -> progress.applied().add(member.name()));
            }
        }
        return progress;
    }

    private static Answer answer(Progress progress, long revision, Duration most) {
        String sentence = sentence(progress, most);
        int status = progress.complete() ? StatusCodes.OK : StatusCodes.GATEWAY_TIME_OUT;
        return Answer.json(status, JsonText.of(out -> {
            out.beginObject().name("msg").value(sentence).name("revision").value(revision);
            write(out, "applied", progress.applied());
            out.name("refused").beginArray();
            for (Refusing refusing : progress.refused()) {
                out.beginObject().name("instance").value(refusing.instance());
                out.name("message").value(refusing.message()).endObject();
            }
            out.endArray();
            write(out, "waiting", progress.waiting());
            out.endObject();
        }));
    }

    private static String sentence(Progress progress, Duration most) {
        if (progress.complete()) {
            return "OK";
        }
        return "written and in force here, but "
                + (progress.waiting().isEmpty()
                        ? "refused by other instances"
                        : "not on every instance after " + most.toMillis() + " ms");
    }

    private static void write(JsonWriter out, String name, List<String> instances) throws IOException {
        out.name(name).beginArray();
        for (String instance : instances) {
            out.value(instance);
        }
        out.endArray();
    }
}
