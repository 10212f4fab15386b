"""What a sentence means, in any language: tokens, lattice, phrases, clauses, meanings."""
