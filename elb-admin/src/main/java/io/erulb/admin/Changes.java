package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.admin.ConfigTags.Tag;
import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.ConfigSource;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange.PutDomain;
import io.erulb.routing.RoutingException;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingPreview;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.SourceException;
import io.erulb.routing.StoreWrite;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts what a body asks for in force, as a whole or not at all. Safe for use by many threads. */
final class Changes {
    private static final System.Logger LOG = System.getLogger("io.erulb.admin");
    private static final HttpString FINDINGS = new HttpString("ELB-Findings");

    /** A write of more documents answers without an analysis of them all. */
    private static final int MOST_ANALYSED = 20;

    private static final int MOST_JUDGEMENTS = 10;

    private final LiveRouting routing;
    private final ConfigSource source;
    private final FleetWait fleet;
    private final Lint lint;
    private final Foresight foresight;

    Changes(LiveRouting routing, ConfigSource source, FleetWait fleet, Lint lint, Foresight foresight) {
        this.routing = routing;
        this.source = source;
        this.fleet = fleet;
        this.lint = lint;
        this.foresight = foresight;
    }

    /**
     * Does what a body asks for, in the way the request wants it.
     *
     * @param tag of the resource that is written
     * @param done what to answer when it is done
     * @throws Refusal with every fault of the body's shape and of what it asks for, or when the resource is not as the
     *     writer expects
     */
    Answer apply(AdminRequest request, Edits edits, Tag tag, Answer done) {
        WriteOptions options = request.options();
        if (options.fleetWait() != null && !options.toStore()) {
            throw Refusal.badRequest(
                    "?wait=all is for what goes to the store (expected: ?to=store with it)," + " so nothing was done");
        }
        if (!edits.faults().isEmpty()) {
            List<RoutingFault> more = routing.preview(edits.change()).faults();
            throw refusal(Stream.concat(edits.faults().stream(), more.stream()));
        }
        if (options.dryRun()) {
            return dryRun(options, edits, tag);
        }
        MaxMoved most = options.maxMoved();
        RoutingTable after =
                most == null ? write(options, edits, tag, table -> true) : writeGuarded(options, edits, tag, most);
        if (after == null) {
            throw notAsExpected(tag.of(routing.current()));
        }
        Duration wait = options.fleetWait();
        Answer answer = wait == null ? done : fleet.await(wait, after, FleetWait.touching(edits.change()));
        return counted(answer, edits, after).with(Headers.ETAG, tag.of(after));
    }

    /** Tells how much there is to say of the documents that were put, for those who look. */
    private Answer counted(Answer answer, Edits edits, RoutingTable after) {
        List<Domain> domains = edits.change().edits().stream()
                .map(edit -> edit instanceof PutDomain put ? after.domains().get(put.domain()) : null)
                .filter(Objects::nonNull)
                .toList();
        if (domains.isEmpty() || domains.size() > MOST_ANALYSED) {
            return answer;
        }
        try {
            long findings = domains.stream()
                    .mapToLong(domain -> lint.findings(domain.graph(), after).size())
                    .sum();
            return answer.with(FINDINGS, Long.toString(findings));
        } catch (RuntimeException e) {
            // The write is done, whatever an analysis comes to.
            LOG.log(System.Logger.Level.ERROR, "rules that were put can't be analysed", e);
            return answer;
        }
    }

    /** What to answer a dump that is done. */
    Answer dumped(WriteOptions options) {
        Duration wait = options.fleetWait();
        RoutingTable after = routing.current();
        return wait == null ? Answer.OK : fleet.await(wait, after, FleetWait.since(after.sourceRevision()));
    }

    /** Refuses a write whose author expects another state of the resource. */
    void requireExpected(WriteOptions options, Tag tag) {
        String present = tag.of(routing.current());
        if (!options.matches(present)) {
            throw notAsExpected(present);
        }
    }

    /** Judges a write by a table and writes if that is still the one in force; else judges again. */
    private @Nullable RoutingTable writeGuarded(WriteOptions options, Edits edits, Tag tag, MaxMoved most) {
        for (int i = 0; i < MOST_JUDGEMENTS; i++) {
            RoutingTable judged = routing.current();
            Moves moves = moves(edits, preview(edits), judged);
            if (!moves.within(most)) {
                throw moves.refusal(most);
            }
            RoutingTable after = write(options, edits, tag, table -> table.version() == judged.version());
            boolean asExpected = options.ifMatch() == null || options.matches(tag.of(routing.current()));
            if (after != null || !asExpected) {
                return after;
            }
        }
        throw Foresight.cannotJudge("the configuration changes faster than it can be judged");
    }

    private @Nullable RoutingTable write(WriteOptions options, Edits edits, Tag tag, Predicate<RoutingTable> judged) {
        Predicate<RoutingTable> expected =
                table -> judged.test(table) && (options.ifMatch() == null || options.matches(tag.of(table)));
        try {
            return options.toStore()
                    ? source.write(new StoreWrite(edits.change(), expected, options.force(), options.author()))
                    : applyInMemory(edits, expected, options.author());
        } catch (RoutingException refused) {
            throw refusal(refused.faults().stream());
        } catch (SourceException refused) {
            throw new Refusal(refused(refused));
        }
    }

    private @Nullable RoutingTable applyInMemory(Edits edits, Predicate<RoutingTable> expected, ChangeAuthor author) {
        AtomicReference<RoutingTable> before = new AtomicReference<>(routing.current());
        RoutingTable after = routing.applyIf(
                table -> {
                    before.set(table);
                    return expected.test(table);
                },
                edits.change());
        if (after != null && after.version() != before.get().version()) {
            source.noted(before.get(), after, author);
        }
        return after;
    }

    /** What to answer when the store refused. */
    static Answer refused(SourceException cause) {
        String reason = String.valueOf(cause.getMessage());
        return cause.conflict()
                ? Answer.json(StatusCodes.CONFLICT, JsonText.of(out -> writeConflict(out, reason, cause.keys())))
                : Answer.message(StatusCodes.SERVICE_UNAVAILABLE, reason);
    }

    private static void writeConflict(JsonWriter out, String reason, List<String> keys) throws IOException {
        out.beginObject().name("msg").value(reason).name("keys").beginArray();
        for (String key : keys) {
            out.value(key);
        }
        out.endArray().endObject();
    }

    private Answer dryRun(WriteOptions options, Edits edits, Tag tag) {
        requireExpected(options, tag);
        RoutingPreview preview = preview(edits);
        MaxMoved most = options.maxMoved();
        return most == null
                ? DryRun.answer(preview, lint)
                : DryRun.answer(preview, lint, moves(edits, preview, routing.current()), most);
    }

    private RoutingPreview preview(Edits edits) {
        RoutingPreview preview = routing.preview(edits.change());
        if (!preview.faults().isEmpty()) {
            throw refusal(preview.faults().stream());
        }
        return preview;
    }

    /** What a write would move; a guard that can't judge it lets nothing pass. */
    private Moves moves(Edits edits, RoutingPreview preview, RoutingTable table) {
        if (!preview.orphans().isEmpty()) {
            throw Foresight.cannotJudge("rules still name an upstream that goes");
        }
        return new Moves(foresight.toGuard(edits.change(), table));
    }

    private static Refusal notAsExpected(String present) {
        return new Refusal(Answer.message(
                        StatusCodes.PRECONDITION_FAILED,
                        "this was changed since it was read, so nothing was applied (If-Match names another state than "
                                + present + ")")
                .with(Headers.ETAG, present));
    }

    private static Refusal refusal(Stream<RoutingFault> faults) {
        return Refusal.faults(faults.map(ErrorEntry::of).toList());
    }
}
