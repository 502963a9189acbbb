import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads heads of requests and answers. */
final class Messages {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

    private Messages() {}

    /** Everything up to an empty line, which is part of it. */
    static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        while ((last & 0xffffffff) != 0x0d0a0d0a) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection was closed");
            }
            head.write(b);
            last = last << 8 | b;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Bytes of the body that a head announces; 0 without Content-Length. */
    static long length(String head) {
        Matcher length = LENGTH.matcher(head);
        return length.find() ? Long.parseLong(length.group(1)) : 0;
    }
}
