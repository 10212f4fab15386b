# Waarom het model niet antwoordde.

plain-commands = Gewone opdrachten begrijp ik nog steeds.
model-slow = Mijn model deed er langer over dan { $took }.
model-aimless = Mijn model wilde iets doen en zei niet wat.
model-tireless = Mijn model wilde hiervoor meer dan { $limit } stappen; ik heb het gestopt.
model-cut-off = Het antwoord van mijn model werd afgebroken.
model-away = Ik kan mijn model niet bereiken.
model-senseless = Het antwoord van mijn model sloeg nergens op.
model-spent = Het budget van mijn model voor vandaag (${ $limit }) is op.
model-silent = Mijn model had niets te zeggen.
model-endless = Het antwoord van mijn model was te lang en brak af, dus laat ik het weg.
model-refused = Mijn model weigerde daarop te antwoorden.
model-strange = Mijn model eindigde zijn antwoord op een manier die ik niet ken.
model-elsewhere = De server van mijn model stuurt me naar een andere, en die volg ik niet.
model-key = Mijn model accepteert mijn sleutel niet.
model-unknown = De server van mijn model kent het model niet waar ik om vraag.
model-busy = Mijn model heeft het nu te druk.
model-broken = Mijn model doet het nu niet.
