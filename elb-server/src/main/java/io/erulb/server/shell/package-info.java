/**
 * Commands about rule documents in files, for a terminal or a pipeline: no server, no store. Start at {@link
 * io.erulb.server.shell.RuleCommands}.
 */
@NullMarked
package io.erulb.server.shell;

import org.jspecify.annotations.NullMarked;
