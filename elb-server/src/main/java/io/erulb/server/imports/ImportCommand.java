package io.erulb.server.imports;

import io.erulb.rules.FilterTypes;
import io.erulb.store.KeyLayout;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredConfig;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * {@code import}: brings configuration from elsewhere into a store, or shows what it would bring. For one thread.
 */
@Command(
        name = "import",
        synopsisHeading = "Usage: ",
        customSynopsis = "import [--apply] [--skip-faulty] SOURCE...",
        usageHelpWidth = 100,
        description = {
            "%nBrings configuration from elsewhere into ELB's store. Without --apply it shows what it would do and"
                    + " writes nothing. What is in the store already and in no SOURCE stays.%n",
            "A SOURCE is",
            "  http://HOST:PORT   the original's etcd: the keys below /$ELBNAME, by version 2 of its API",
            "  FILE with JSON     such keys, saved by curl 'http://HOST:PORT/v2/keys/ELB?recursive=true'",
            "  FILE of nginx      a configuration: its upstream blocks%n"
        },
        footer = {
            "%nThe store and ELBNAME are settings in the environment, as for the server (STORE, ETCD...).",
            "Exit code: 0 when all can be taken over, 1 when something can't, 2 for bad usage or settings."
        })
public final class ImportCommand {
    private static final int ALL_GOOD = 0;
    private static final int FAULTS = 1;
    private static final int BAD_USAGE = 2;
    private static final int MESSAGE_LENGTH = 500;

    @Parameters(paramLabel = "SOURCE", arity = "1..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--apply", description = "Write to the store, all of it or nothing.")
    private boolean apply;

    @Option(names = "--skip-faulty", description = "With --apply: write what has no fault, and leave the rest.")
    private boolean skipFaulty;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this.")
    private boolean help;

    private ImportCommand() {}

    /** Where an import goes to. For one thread. */
    public interface Destination extends AutoCloseable {
        /** The name of this ELB: the first part of its keys. */
        String elbName();

        /** The filter types that rules may use. */
        FilterTypes filters();

        /** What the store is, for people. */
        String description();

        /**
         * Reads everything.
         *
         * @throws StoreException when the store can't be read
         */
        StoredConfig load() throws StoreException;

        /**
         * Writes all changes or none of them, together with a record of them in the history.
         *
         * @param message what the history says of them
         * @return the revision
         * @throws StoreException when it can't be written, with the reason
         */
        long commit(StoredConfig base, List<StoredChange> changes, String message) throws StoreException;

        @Override
        void close();
    }

    /** Opens the destination. */
    @FunctionalInterface
    public interface Opening {
        /** Opens it, to be written or only to be looked at. */
        Destination open(boolean toWrite);
    }

    /**
     * Runs the command.
     *
     * @param arguments those behind its name
     * @param opening called once the arguments are found to be good
     * @param out where the report goes
     * @param err where it says what kept it from its work
     * @return the exit code
     */
    public static int run(List<String> arguments, Opening opening, PrintStream out, PrintStream err) {
        ImportCommand command = new ImportCommand();
        CommandLine line = new CommandLine(command);
        List<Source> sources;
        try {
            line.parseArgs(arguments.toArray(String[]::new));
            sources = command.arguments.stream().map(Source::of).toList();
        } catch (ParameterException | IllegalArgumentException bad) {
            err.println("elb: import: " + bad.getMessage() + "; import --help tells more");
            return BAD_USAGE;
        }
        if (command.help) {
            line.usage(out);
            return ALL_GOOD;
        }
        try (Destination destination = opening.open(command.apply)) {
            return command.run(sources, destination, new Report(out));
        } catch (StoreException failed) {
            err.println("elb: import: " + failed.getMessage());
            return FAULTS;
        }
    }

    private int run(List<Source> sources, Destination destination, Report report) throws StoreException {
        Findings found = read(sources, new KeyLayout(destination.elbName()));
        StoredConfig base = destination.load();
        Plan plan = Planning.of(found, base, destination.filters());
        report.print(plan);
        String outcome = reasonNotToWrite(plan, destination);
        if (outcome.isEmpty()) {
            long revision = destination.commit(base, plan.changes(), message(sources));
            outcome = "Written to " + destination.description() + " at revision " + revision + ".";
        }
        report.say(outcome);
        return plan.faults().isEmpty() ? ALL_GOOD : FAULTS;
    }

    private static Findings read(List<Source> sources, KeyLayout layout) {
        Findings all = new Findings();
        for (Source source : sources) {
            Place place = Place.of(source.name());
            try {
                Findings found = source.read(layout);
                if (found.isEmpty() && found.faults().isEmpty()) {
                    found.fault(
                            place,
                            "nothing to take over (expected: keys below " + layout.prefix() + " or upstream blocks)");
                }
                all.addAll(found);
            } catch (UnreadableException unreadable) {
                all.fault(place, String.valueOf(unreadable.getMessage()));
            }
        }
        return all;
    }

    /** Why nothing is to be written, or nothing when it is. */
    private String reasonNotToWrite(Plan plan, Destination destination) {
        if (plan.changes().isEmpty()) {
            return "There is nothing to write to " + destination.description() + ".";
        }
        if (!apply) {
            return "Nothing was written. --apply writes to " + destination.description() + ".";
        }
        return plan.faults().isEmpty() || skipFaulty
                ? ""
                : "Nothing was written, because of the faults. --skip-faulty writes the rest.";
    }

    private static String message(List<Source> sources) {
        String message = "from " + sources.stream().map(Source::name).collect(Collectors.joining(", "));
        return message.length() <= MESSAGE_LENGTH ? message : message.substring(0, MESSAGE_LENGTH);
    }
}
