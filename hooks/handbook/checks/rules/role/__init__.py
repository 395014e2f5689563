"""What a role page consists of: sections, duties, tasks, labels, anchors."""
