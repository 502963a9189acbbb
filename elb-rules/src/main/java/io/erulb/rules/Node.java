package io.erulb.rules;

/** A place of the compiled graph; linked to the next ones directly, so that a walk looks nothing up. */
abstract sealed class Node permits FilterNode, TerminalNode, DeadEnd {}
