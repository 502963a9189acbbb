package io.erulb.server.accesslog;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lines are written to, opened as often as need be. For one thread. */
interface LogFile {
    /** Opens it, to add to what it has. */
    WritableByteChannel open() throws IOException;

    /** A file of this path, or standard output. */
    static LogFile of(@Nullable Path file) {
        return file == null ? new Stdout() : () -> FileChannel.open(file, ADDING, readableByItsGroup(file));
    }

    Set<OpenOption> ADDING = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    /** Clients' addresses and what they asked for are not everybody's to read. */
    private static FileAttribute<?>[] readableByItsGroup(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }

    /** The process's own, which is never closed. */
    final class Stdout implements LogFile, WritableByteChannel {
        // One for all times: each that is made stays with the descriptor.
        private final FileChannel out = new FileOutputStream(FileDescriptor.out).getChannel();

        @Override
        public WritableByteChannel open() {
            return this;
        }

        @Override
        public int write(ByteBuffer src) throws IOException {
            return out.write(src);
        }

        @Override
        public boolean isOpen() {
            return out.isOpen();
        }

        @Override
        public void close() {
            // Others write to it too.
        }
    }
}
