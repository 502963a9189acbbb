package io.erulb.proxy.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A message in the pieces that a mutation moves around, as Latin-1: lines with their ends, and pieces of body. */
final class Message {
    /** What names it in its own bytes. */
    final String id;

    /** Start line, fields, empty line. */
    final List<String> head = new ArrayList<>();

    /** Data, and with chunks what stands between. */
    final List<String> body = new ArrayList<>();

    Message(String id) {
        this.id = id;
    }

    Message line(String line) {
        head.add(line + "\r\n");
        return this;
    }

    Message piece(String piece) {
        body.add(piece);
        return this;
    }

    /** Ends the head with a body of a length told before; a body of no bytes may do without. */
    Message withLength(String data) {
        line("Content-Length: " + data.length()).line("");
        return data.isEmpty() ? this : piece(data);
    }

    /** Ends the head with a body in chunks cut by chance, some with extensions, some with trailers. */
    Message withChunks(Chance chance, String data) {
        line(chance.oneIn(4) ? "transfer-encoding: Chunked" : "Transfer-Encoding: chunked")
                .line("");
        for (int at = 0; at < data.length(); ) {
            int size = chance.oneIn(2) ? data.length() - at : chance.between(1, data.length() - at);
            String digits = chance.oneIn(8)
                    ? "000" + Integer.toHexString(size).toUpperCase(Locale.ROOT)
                    : Integer.toHexString(size);
            String extension = chance.oneIn(6) ? chance.of(";a", ";a=b", ";a=\"q\\\"; x\"", " ;a ; b = c") : "";
            piece(digits + extension + "\r\n")
                    .piece(data.substring(at, at + size))
                    .piece("\r\n");
            at += size;
        }
        piece("0\r\n");
        if (chance.oneIn(8)) {
            piece("X-Trailer: " + chance.value() + "\r\n");
        }
        return piece("\r\n");
    }

    /** So many bytes that no other message has in this order. */
    static String bytesOf(String id, int size) {
        return ("<" + id + ">").repeat(size / (id.length() + 2) + 1).substring(0, size);
    }

    String text() {
        return String.join("", head) + String.join("", body);
    }
}
