/**
 * XPath 1.0 over the immutable document, without namespaces, variables and {@code id()}: what
 * commands, ACLs and operations select with. The work of one evaluation is bounded.
 */
@NullMarked
package org.holdfast.cib.xpath;

import org.jspecify.annotations.NullMarked;
