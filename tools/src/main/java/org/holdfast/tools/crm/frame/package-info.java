/**
 * What all of Pacemaker's commands have in common: how options are read, how output is made as text
 * or XML, how errors end a command.
 */
@NullMarked
package org.holdfast.tools.crm.frame;

import org.jspecify.annotations.NullMarked;
