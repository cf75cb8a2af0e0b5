"""Building blocks of the bundled model pack: data, networks, training loop, metrics."""
