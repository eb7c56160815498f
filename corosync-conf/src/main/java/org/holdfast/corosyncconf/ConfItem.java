package org.holdfast.corosyncconf;

/** What a section holds, in the order of the file: values and sections. */
public sealed interface ConfItem permits ConfEntry, ConfSection {

    /** The key or the section's name. */
    String name();

    /** The line in the file, from 1; 0 if the item was made by a program. */
    int line();
}
