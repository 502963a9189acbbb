package io.erulb.store;

import io.erulb.store.StoredChange.Put;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a look through a folder finds. Filled while walking, then only read. */
final class FolderScan extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Map<ConfigKey, String> texts = new HashMap<>();
    private final List<String> strays = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private long newestMillis;

    FolderScan(Path root) {
        this.root = root;
    }

    /** Returns whether files of this name are none of ours: hidden ones, and what editors leave beside a file. */
    static boolean isIgnored(String name) {
        return name.startsWith(".") || name.startsWith("#") || name.endsWith("~");
    }

    Map<ConfigKey, String> texts() {
        return texts;
    }

    /** Returns the paths below the root that are no keys. */
    List<String> strays() {
        return strays;
    }

    /** Returns all folders that may hold keys, the root too. */
    List<Path> folders() {
        return folders;
    }

    /** Returns when the newest file or folder was written, in milliseconds since 1970. */
    long newestMillis() {
        return newestMillis;
    }

    void apply(List<StoredChange> changes) {
        for (StoredChange change : changes) {
            if (change instanceof Put put) {
                texts.put(put.key(), put.text());
            } else {
                texts.remove(change.key());
            }
        }
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        if (!folder.equals(root) && isIgnored(folder.getFileName().toString())) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        folders.add(folder);
        seen(attributes);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (isIgnored(file.getFileName().toString())) {
            return FileVisitResult.CONTINUE;
        }
        seen(attributes);
        String path =
                root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        ConfigKey key = ConfigKey.parse(path);
        if (key == null || !attributes.isRegularFile()) {
            strays.add(path);
        } else {
            read(key, file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (file.equals(root)) {
            throw e;
        }
        if (e instanceof NoSuchFileException || isIgnored(file.getFileName().toString())) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private void read(ConfigKey key, Path file) throws IOException {
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            texts.put(key, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        } catch (NoSuchFileException e) {
            texts.remove(key);
        }
    }

    private void seen(BasicFileAttributes attributes) {
        newestMillis = Math.max(newestMillis, attributes.lastModifiedTime().toMillis());
    }
}
