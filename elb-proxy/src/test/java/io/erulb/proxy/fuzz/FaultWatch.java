package io.erulb.proxy.fuzz;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Collects what must not happen while the proxy is fed nonsense: errors in the logs, where the libraries put what a
 * handler throws, and exceptions that end a thread. Safe for use by many threads.
 */
final class FaultWatch extends Handler implements AutoCloseable {
    private static final List<String> WATCHED = List.of("io.erulb", "org.xnio", "io.undertow");

    private final List<Logger> loggers = WATCHED.stream().map(Logger::getLogger).toList();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    FaultWatch() {
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) -> faults.add(fault));
        for (Logger logger : loggers) {
            logger.addHandler(this);
            // The failures of servers that are logged as they should be would fill the screen.
            logger.setUseParentHandlers(false);
        }
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
            faults.add(new AssertionError(line.getLoggerName() + ": " + line.getMessage(), line.getThrown()));
        }
    }

    /** What was seen so far. */
    List<Throwable> faults() {
        return faults;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        for (Logger logger : loggers) {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
