package io.erulb.store;

import io.erulb.store.StoredChange.Put;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder as keys and values: {@code rules/DOMAIN}, {@code upstreams/UPSTREAM/SERVER},
 * {@code policies/UPSTREAM}. A value is the file's text without its last line break, which is written again.
 *
 * <p>Other stores on the folder are locked out while it is read or written, and a commit that one of them left half done
 * is finished first. A folder that can't be written is read all the same, as if such a commit were finished. For one
 * thread at a time.
 */
final class FolderTree {

    private static final Logger LOG = System.getLogger(FolderTree.class.getName());
    private static final int MAX_NAME_BYTES = 255;
    // One deeper than our files: what stands there is seen, as a stray.
    private static final int DEPTH = 4;

    private final Path root;
    private final Path temporary;
    private final CommitJournal journal;

    FolderTree(Path root) {
        this.root = root;
        this.temporary = root.resolve(".elb-temporary");
        this.journal = new CommitJournal(root.resolve(".elb-commit"));
    }

    Path root() {
        return root;
    }

    /** Makes the folder if it isn't there. */
    void create() throws IOException {
        if (!Files.exists(root)) {
            Files.createDirectories(root.resolve(ConfigKey.DomainKey.FOLDER));
            Files.createDirectories(root.resolve(ConfigKey.ServerKey.FOLDER));
            Files.createDirectories(root.resolve(ConfigKey.PolicyKey.FOLDER));
        }
    }

    /** Keeps other stores off until the result is closed. */
    FolderLock lock() throws IOException {
        return FolderLock.take(root.resolve(".elb-lock"));
    }

    /** Reads everything. */
    FolderScan scan() throws IOException {
        requireFolder();
        if (!Files.isWritable(root)) {
            return walk();
        }
        FolderLock held = lock();
        try {
            return scanLocked();
        } finally {
            held.close();
        }
    }

    /** Finishes what another store left half done and reads everything; for the holder of the lock. */
    FolderScan scanLocked() throws IOException {
        finish();
        return walk();
    }

    private FolderScan walk() throws IOException {
        Object before = identity();
        FolderScan scan = new FolderScan(root);
        Files.walkFileTree(root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH, scan);
        scan.apply(journal.read().changes());
        if (!Objects.equals(before, identity())) {
            throw new IOException(root + " was moved while it was read");
        }
        return scan;
    }

    /** Returns what tells this folder from another that takes its place, null where the system can't. */
    private @Nullable Object identity() throws IOException {
        return Files.readAttributes(root, BasicFileAttributes.class).fileKey();
    }

    /** Makes all changes, or none of them if it throws; for the holder of the lock. */
    void write(List<StoredChange> changes, List<Annex.Put> along) throws IOException {
        if (changes.size() == 1 && along.isEmpty()) {
            write(changes.get(0));
            return;
        }
        journal.write(new CommitJournal.Commit(changes, along), temporary);
        finish();
    }

    /** Returns why a key can't be the name of a file, or an empty text when it can. */
    static String problem(ConfigKey key) {
        for (String name : key.path().split("/", -1)) {
            if (FolderScan.isIgnored(name) || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                return "\"" + name + "\" can't be the name of a file here (expected: at most " + MAX_NAME_BYTES
                        + " bytes, no dot or # first, no ~ last)";
            }
        }
        return "";
    }

    private void requireFolder() throws IOException {
        // An absent folder is an accident, like a file system that isn't mounted, and not an empty configuration.
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root + " (expected: a folder)");
        }
    }

    /** Finishes the commit in the journal. If that fails the journal stays, counts when reading, and is tried again. */
    private void finish() throws IOException {
        CommitJournal.Commit commit = journal.read();
        if (commit.changes().isEmpty()) {
            return;
        }
        try {
            for (Annex.Put put : commit.along()) {
                FolderAnnex.beside(root, put.annex()).write(put.path(), put.text());
            }
            for (StoredChange change : commit.changes()) {
                write(change);
            }
            journal.delete();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a commit is made but not all of its files are written yet", e);
        }
    }

    private void write(StoredChange change) throws IOException {
        Path file = root.resolve(change.key().path());
        if (change instanceof Put put) {
            DurableFile.write(file, temporary, put.text() + '\n');
        } else {
            DurableFile.delete(file);
            deleteIfEmpty(DurableFile.folderOf(file));
        }
    }

    /** Removes the folder of an upstream without servers. */
    private void deleteIfEmpty(Path folder) throws IOException {
        if (!root.equals(folder.getParent())) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                LOG.log(Level.TRACE, "still in use", e);
            }
        }
    }
}
