package io.erulb.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes and deletes files so that a crash leaves the old or the new one, and what was done stays done. No instances. */
final class DurableFile {

    private DurableFile() {}

    /**
     * Replaces a file, and the folders above it if they are missing.
     *
     * @param temporary a path on the same file system, written first
     */
    static void write(Path file, Path temporary, String content) throws IOException {
        write(file, temporary, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The same with bytes. */
    static void write(Path file, Path temporary, byte[] content) throws IOException {
        Path folder = folderOf(file);
        Files.createDirectories(folder);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    /** Deletes a file if it is there. */
    static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(folderOf(file));
        }
    }

    /** Returns the folder that a file is in. */
    static Path folderOf(Path file) {
        return requireNonNull(file.toAbsolutePath().getParent(), "the folder of a file");
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
