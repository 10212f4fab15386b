# Qui est qui, comment on laisse entrer quelqu'un, et ce qu'on dit aux inconnus.

role =
    { $role ->
        [owner] propriétaire
        [adult] adulte
        [child] enfant
       *[guest] invité
    }
stranger = Je m'occupe d'une maison, et je ne connais pas ce numéro. Demande un code au propriétaire de la maison, et envoie-le-moi ici. (Un propriétaire en trouve un avec `dobby pair`, sur mon serveur.)
code-too-old = Ce code n'est pas le bon, ou il est trop ancien.
codes-too-many = C'était un faux code de trop. Je n'accepte plus de code de ce numéro aujourd'hui.
welcome = Bienvenue, { $name }. Tu es désormais connu ici comme : { role }. Dis « aide » quand tu veux.
code-of-another = Ce code laisse entrer { $invited }. Je te connais comme { $name }, et un code n'y change rien : c'est à { $invited } de me l'envoyer.
known-here = Je te connais déjà ici, { $name }. Envoie-moi ce code depuis ton autre numéro.

owners-let-in = Seul un propriétaire peut laisser entrer ou exclure des gens.
too-new-to-let-in = Je connais ce numéro depuis moins d'un jour, et il s'agit de qui peut entrer : dis-le depuis la page, ou fais-le dire par un autre propriétaire.
people-known = Je connais { $people }.
person-with-role = { $name } ({ role })
code-once = Il sert une seule fois, dans l'heure.
invited = { $name } doit m'envoyer ce code pour entrer ({ role }) : { $code }. { code-once }
invited-anew = { $name } doit m'envoyer ce code pour entrer ({ role }, jusqu'ici { $was }) : { $code }. { code-once }
number-code = Envoie-moi ce code depuis ton autre numéro : { $code }. { code-once }
still-owner = { $name } est propriétaire, et un code n'y change rien. Un propriétaire peut dire : retire { $name } ; puis invite { $name } de nouveau.
not-yourself = Tu es propriétaire ; je ne t'exclus pas sur ta propre parole.
last-owner = Cette maison n'aurait plus de propriétaire, donc rien n'a été changé.
shut-out = { $name } ne peut plus me parler.
is-it-right = { $name } ({ role }, ici depuis moins d'un jour, { $address }) voudrait : { $wish }. Je ne l'ai pas fait. Si c'est bien, dis : fais confiance à { $name }. Sinon, dis : retire { $name }.
trusted-now = Je fais confiance à { $name } désormais. Ce qui était demandé est à redire.
