package io.erulb.server;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what we and our libraries log to standard error, one line a record. A file named by
 * {@code java.util.logging.config.file} replaces all of this.
 */
final class Logging {
    /** Libraries speak from WARNING on; their good news is of no use to an operator. */
    private static final List<String> QUIET =
            List.of("io.grpc", "io.netty", "io.vertx", "io.etcd", "io.undertow", "org.xnio", "org.jboss", "org.xbill");

    /** Held here because the log manager keeps loggers by weak references, and a lost one loses its level. */
    private static final List<Logger> HELD =
            QUIET.stream().map(Logger::getLogger).toList();

    private Logging() {}

    static void setUp() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        LogManager.getLogManager().reset();
        ConsoleHandler handler = new ConsoleHandler();
        handler.setFormatter(new OneLine());
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("").setLevel(Level.INFO);
        HELD.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    /** {@code 2026-01-31T12:00:00.123Z WARNING io.erulb.server.Main: message}, line breaks written as {@code \n}. */
    static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            Instant time = entry.getInstant().truncatedTo(ChronoUnit.MILLIS);
            String text = formatMessage(entry) + causes(entry.getThrown());
            String line = text.replace("\r", "\\r").replace("\n", "\\n");
            return time + " " + entry.getLevel().getName() + " " + entry.getLoggerName() + ": " + line + "\n";
        }

        private static String causes(@Nullable Throwable thrown) {
            StringBuilder text = new StringBuilder();
            int depth = 0;
            for (Throwable cause = thrown; cause != null && depth < 5; cause = cause.getCause(), depth++) {
                text.append(" <- ").append(cause);
                StackTraceElement[] frames = cause.getStackTrace();
                text.append(frames.length == 0 ? "" : " at " + frames[0]);
            }
            return text.toString();
        }
    }
}
