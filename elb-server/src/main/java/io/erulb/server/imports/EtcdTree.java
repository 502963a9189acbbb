package io.erulb.server.imports;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.erulb.store.ConfigKey;
import io.erulb.store.KeyLayout;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tree of keys that version 2 of etcd answers with {@code ?recursive=true}: nodes with {@code key} and either
 * {@code value} or {@code nodes}. The outermost may stand in {@code "node"}, as in an answer, or alone, and be any part of
 * the tree. Depth is bounded by Gson's limit of nesting.
 */
final class EtcdTree {
    private static final String EXPECTED =
            " (expected: what version 2 of etcd answers to GET /v2/keys/ELB?recursive=true)";

    private static final String ADVICE = "Use JsonReader.setStrictness(Strictness.LENIENT) to accept ";

    private final JsonReader in;
    private final KeyLayout layout;
    private final Place place;
    private final Findings found = new Findings();

    private EtcdTree(String json, Place place, KeyLayout layout) {
        this.in = new JsonReader(new StringReader(json));
        this.in.setStrictness(Strictness.STRICT);
        this.place = place;
        this.layout = layout;
    }

    /**
     * Reads a tree.
     *
     * @param layout where our keys stand in it; others are strays
     * @throws UnreadableException when it is malformed or no such tree
     */
    static Findings read(String json, Place place, KeyLayout layout) throws UnreadableException {
        EtcdTree tree = new EtcdTree(json, place, layout);
        tree.document();
        return tree.found;
    }

    private void document() throws UnreadableException {
        try {
            node(true);
            // Throws where text follows.
            JsonToken unused = in.peek();
        } catch (EOFException early) {
            throw new UnreadableException("the JSON ends too early, at " + in.getPath());
        } catch (MalformedJsonException malformed) {
            throw new UnreadableException("malformed JSON: " + detail(String.valueOf(malformed.getMessage())));
        } catch (IOException impossible) {
            throw new UnreadableException(String.valueOf(impossible.getMessage()));
        }
    }

    /** Gson's words without its advice to programmers. */
    private static String detail(String message) {
        String sentence = message.lines().findFirst().orElse("");
        return sentence.startsWith(ADVICE) ? sentence.substring(ADVICE.length()) : sentence;
    }

    /** A node while its members are read. */
    private static final class Node {
        private @Nullable String key;
        private @Nullable String value;
        private @Nullable String error;
        private boolean folder;
        private boolean expires;
        private boolean wraps;
        private int nodes;
    }

    private void node(boolean outermost) throws IOException, UnreadableException {
        Node node = new Node();
        require(JsonToken.BEGIN_OBJECT, "an object");
        in.beginObject();
        while (in.hasNext()) {
            member(node, in.nextName(), outermost);
        }
        in.endObject();
        if (node.error != null) {
            throw new UnreadableException("this is an answer of etcd's that says: " + node.error + EXPECTED);
        }
        if (!node.wraps) {
            take(node, outermost);
        }
    }

    private void member(Node node, String name, boolean outermost) throws IOException, UnreadableException {
        if (name.equals("key")) {
            node.key = text();
        } else if (name.equals("value")) {
            node.value = text();
        } else if (name.equals("nodes")) {
            nodes(node);
        } else if (outermost && name.equals("node")) {
            node.wraps = true;
            node(false);
        } else if (outermost && name.equals("message")) {
            node.error = text();
        } else if (name.equals("dir")) {
            require(JsonToken.BOOLEAN, "true or false");
            node.folder = in.nextBoolean();
        } else {
            node.expires |= name.equals("ttl");
            in.skipValue();
        }
    }

    private void nodes(Node node) throws IOException, UnreadableException {
        require(JsonToken.BEGIN_ARRAY, "an array");
        node.folder = true;
        in.beginArray();
        while (in.hasNext()) {
            node(false);
            node.nodes++;
        }
        in.endArray();
    }

    private void take(Node node, boolean outermost) throws UnreadableException {
        if (node.folder) {
            warnOfEmpty(node);
        } else if (node.key == null || node.value == null) {
            throw new UnreadableException(
                    (outermost ? "no tree of keys" : "no key or no value at " + in.getPreviousPath()) + EXPECTED);
        } else {
            value(node.key, node.value, node.expires);
        }
    }

    private void value(String path, String value, boolean expires) {
        ConfigKey key = layout.parse(path);
        if (key == null) {
            found.stray(place, path);
            return;
        }
        found.add(key, value, place);
        if (expires) {
            found.warn(place, key + " expires there (its ttl); here it will stay");
        }
    }

    /** An upstream without servers, or a tree that was not read to its depth. */
    private void warnOfEmpty(Node node) {
        if (node.nodes == 0 && (node.key + '/').startsWith(layout.prefix())) {
            found.warn(place, node.key + " is a folder without keys, or was read without ?recursive=true");
        }
    }

    private String text() throws IOException, UnreadableException {
        require(JsonToken.STRING, "a string");
        return in.nextString();
    }

    private void require(JsonToken token, String what) throws IOException, UnreadableException {
        if (in.peek() != token) {
            throw new UnreadableException(in.getPath() + " is no tree of keys (expected: " + what + ")");
        }
    }
}
