package io.erulb.store;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks through a folder whenever the system tells of a change in it, and now and then in case it doesn't. */
final class FolderWatch implements AutoCloseable {

    private static final long RESCAN_MILLIS = 5000;

    private final WatchService service;
    private final Supplier<Collection<Path>> look;

    /**
     * Creates it, without starting.
     *
     * @param service tells of changes; is closed with the watch
     * @param look looks through the folder and returns the folders to be told of
     */
    FolderWatch(WatchService service, Supplier<Collection<Path>> look) {
        this.service = service;
        this.look = look;
    }

    void start() {
        Thread thread = new Thread(this::run, "elb-file-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        service.close();
    }

    private void run() {
        Set<Path> registered = Set.of();
        try {
            while (true) {
                Set<Path> folders = register(look.get());
                // What changed in a new folder before it was registered is only seen by another look.
                if (registered.containsAll(folders)) {
                    await();
                }
                registered = folders;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ClosedWatchServiceException closed) {
            // The store was closed, and this thread with it.
        }
    }

    private Set<Path> register(Collection<Path> folders) {
        Set<Path> registered = new HashSet<>();
        for (Path folder : folders) {
            try {
                folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                registered.add(folder);
            } catch (IOException e) {
                // Gone again, or too many are watched: the next look comes anyway.
                registered.remove(folder);
            }
        }
        return registered;
    }

    private void await() throws InterruptedException {
        @Nullable WatchKey key = service.poll(RESCAN_MILLIS, TimeUnit.MILLISECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = service.poll();
        }
    }
}
