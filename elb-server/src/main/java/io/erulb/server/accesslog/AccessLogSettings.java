package io.erulb.server.accesslog;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an access log goes, and what its lines are like. Immutable.
 *
 * @param file what lines are added to; null for standard output
 * @param format of the lines
 */
public record AccessLogSettings(@Nullable Path file, LineFormat format) {}
