package io.erulb.store;

import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A commit under way in a folder, in one file: once it stands there, the commit is made, and whoever comes finishes it.
 *
 * <p>First line: format and checksum of the rest. Then a line for each change: {@code put}, key and value, or
 * {@code delete} and key, or {@code beside}, annex, path and text, these in Base64.
 *
 * @param file where it stands
 */
record CommitJournal(Path file) {

    private static final String HEADER = "elb-commit 1 ";

    /** What is committed: changes, and texts beside the configuration. */
    record Commit(List<StoredChange> changes, List<Annex.Put> along) {
        static final Commit NONE = new Commit(List.of(), List.of());
    }

    /** Makes the commit. */
    void write(Commit commit, Path temporary) throws IOException {
        StringBuilder body = new StringBuilder();
        for (Annex.Put put : commit.along()) {
            body.append("beside ").append(encode(put.annex())).append(' ').append(encode(put.path()));
            body.append(' ').append(encode(put.text())).append('\n');
        }
        for (StoredChange change : commit.changes()) {
            if (change instanceof Put put) {
                body.append("put ").append(encode(put.key().path())).append(' ').append(encode(put.text()));
            } else {
                body.append("delete ").append(encode(change.key().path()));
            }
            body.append('\n');
        }
        DurableFile.write(file, temporary, HEADER + checksum(body.toString()) + '\n' + body);
    }

    /** Returns the commit under way, one without changes when there isn't one. */
    Commit read() throws IOException {
        String content;
        try {
            content = Files.readString(file);
        } catch (NoSuchFileException e) {
            return Commit.NONE;
        }
        int end = content.indexOf('\n') + 1;
        String body = content.substring(end);
        if (!content.substring(0, end).equals(HEADER + checksum(body) + '\n')) {
            throw new IOException(file + " is damaged: a commit can't be finished (remove it to give the commit up)");
        }
        List<StoredChange> changes = new ArrayList<>();
        List<Annex.Put> along = new ArrayList<>();
        body.lines().map(line -> line.split(" ", -1)).forEach(words -> {
            if (words[0].equals("beside")) {
                along.add(new Annex.Put(decode(words[1]), decode(words[2]), decode(words[3])));
            } else {
                changes.add(change(words));
            }
        });
        return new Commit(changes, along);
    }

    /** Forgets the commit, which is finished. */
    void delete() throws IOException {
        DurableFile.delete(file);
    }

    private static StoredChange change(String[] words) {
        ConfigKey key = ConfigKey.parse(decode(words[1]));
        if (key == null) {
            throw new IllegalStateException("no key: " + decode(words[1]));
        }
        return words[0].equals("put") ? new Put(key, decode(words[2])) : new Delete(key);
    }

    private static String checksum(String body) {
        CRC32 checksum = new CRC32();
        checksum.update(body.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(checksum.getValue());
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
