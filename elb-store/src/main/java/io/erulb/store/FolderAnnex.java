package io.erulb.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts as files, each written as a whole, in a folder beside that of the configuration. */
final class FolderAnnex implements Annex {
    private static final Comparator<Entry> OLDEST_FIRST =
            Comparator.comparingLong(Entry::written).thenComparing(Entry::path);

    private final Path root;

    FolderAnnex(Path root) {
        this.root = root;
    }

    /** Where the annex of a name is, for a folder of configuration. */
    static FolderAnnex beside(Path folder, String name) {
        return new FolderAnnex(folder.resolveSibling(folder.getFileName() + "." + name));
    }

    @Override
    public List<Entry> list(String folder) throws StoreException {
        return read(folder, true);
    }

    @Override
    public List<Entry> names(String folder) throws StoreException {
        return read(folder, false);
    }

    private List<Entry> read(String folder, boolean texts) throws StoreException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!name.startsWith(".")) {
                    String text = texts ? Files.readString(file) : null;
                    entries.add(new Entry(folder + '/' + name, text, millis(file)));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException e) {
            throw failure("reading", e);
        }
        entries.sort(OLDEST_FIRST);
        return entries;
    }

    private static long millis(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    @Override
    public @Nullable String get(String path) throws StoreException {
        Annex.requirePath(path);
        try {
            return Files.readString(root.resolve(path));
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw failure("reading", e);
        }
    }

    @Override
    public void putAll(Map<String, String> texts) throws StoreException {
        texts.keySet().forEach(Annex::requirePath);
        try {
            for (Map.Entry<String, String> text : texts.entrySet()) {
                write(text.getKey(), text.getValue());
            }
        } catch (IOException e) {
            throw failure("writing", e);
        }
    }

    /** Writes one text; two threads may write at once. */
    void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Path temporary = file.resolveSibling(
                "." + file.getFileName() + "." + Thread.currentThread().getId());
        Files.createDirectories(DurableFile.folderOf(file));
        DurableFile.write(file, temporary, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized boolean putIfAbsent(String path, String text) throws StoreException {
        if (get(path) != null) {
            return false;
        }
        putAll(Map.of(path, text));
        return true;
    }

    @Override
    public void deleteAll(Collection<String> paths) throws StoreException {
        try {
            for (String path : paths) {
                Annex.requirePath(path);
                DurableFile.delete(root.resolve(path));
            }
        } catch (IOException e) {
            throw failure("deleting", e);
        }
    }

    @Override
    public Lease lease(String path, Duration lifetime) {
        Annex.requirePath(path);
        return new FolderLease(this, path);
    }

    /** A file counts from when it was written; what an ended process left is deleted when it is found. */
    @Override
    public List<Leased> leased(String folder, Duration lifetime) throws StoreException {
        long oldest = System.currentTimeMillis() - lifetime.toMillis();
        List<Leased> leased = new ArrayList<>();
        for (Entry entry : list(folder)) {
            if (entry.written() > oldest) {
                Duration age = lifetime.minusMillis(entry.written() - oldest);
                leased.add(new Leased(entry.path(), String.valueOf(entry.text()), age));
            } else {
                deleteAll(List.of(entry.path()));
            }
        }
        leased.sort(Comparator.comparing(Leased::path));
        return leased;
    }

    private StoreException failure(String doing, IOException cause) {
        return new StoreException("folder " + root + ": " + doing + " failed: " + cause, cause);
    }
}
