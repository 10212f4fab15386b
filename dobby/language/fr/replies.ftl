# Ce qu'on répond à un ordre : constats, questions, codes, refus.

along =
    { $count ->
        [one] { $who } est dans le même groupe et fait de même
       *[other] { $who } sont dans le même groupe et font de même
    }
on-its-own =
    { $count ->
        [one] joue à part
       *[other] jouent à part
    }
has-music-now = la musique est ici maintenant
plays-with = { verb-play } avec { $name }
no-answer = pas de réponse
still-moving = encore en mouvement
still-moving-at = encore en mouvement ({ $now } pour l'instant)
stopped = arrêt en chemin
stopped-at = { stopped } ({ $now })
contradicted = l'ordre a été reçu, mais l'état ne le montre pas
contradicted-now = { contradicted } (maintenant : { $now })
stays-silent = toujours silencieux
takes = seulement { $limits }
limit-least = { $least } au moins, pas { $asked }
limit-most = { $most } au plus, pas { $asked }
limit-between = de { $least } à { $most }, pas { $asked }
said-no = refus : { $reason }
cannot-do = ce n'est pas possible ({ $ability })
measured-only = cela se mesure, mais ne se règle pas
cannot-be-stopped = pas d'arrêt possible en chemin
has-choices = au choix { $choices }, pas { $asked }

send-code = Pour { $deed }, envoie { $code } dans les deux minutes.
too-many-codes = Il y a eu trop de mauvais codes. Pendant une heure, je refuse de : { $deed }.
offer = Dois-je { $deed } ?
offer-now = Dois-je { $deed } maintenant ?
nothing-to-say = Je n'ai rien à dire à cela.
no-yes-awaited = Rien n'attend un oui.
send-the-code = Envoie le code pour { $deeds }.
or-to = ou pour
then-not = D'accord, je ne vais pas { $deeds }.
no-code-awaited = Rien n'attend un code. Un code vaut deux minutes et une seule fois.
wrong-code = Ce code n'est pas le bon, donc rien n'a été fait.
not-repeated = J'ai été interrompu et je n'ai pas refait ceci : { $deeds }.
interrupted = J'ai été interrompu : si ce n'était pas tout, redis-le.
not-again = J'ai été interrompu, et je ne recommence pas cela de moi-même.
not-told = Je ne le sais pas : aucun appareil ne me le dit, et personne ne m'a demandé de le retenir.
not-paired =
    { $count ->
        [one] Pas encore associé : { $names } ; écris par exemple : appaire { $first }
       *[other] Pas encore associés : { $names } ; écris par exemple : appaire { $first }
    }

residents-only = C'est réservé à ceux qui habitent ici.
adults-only = Seul un adulte de la maison peut faire cela.
owners-only = Seul un propriétaire peut faire cela.
too-new = Je te connais ici depuis moins d'un jour, il faut donc d'abord l'accord d'un propriétaire. J'ai demandé ; redis-le quand tu apprendras que je te fais confiance.
never-above = { $name } ne dépasse jamais { $most } ici.
may-not =
    { $role ->
        [owner] Un propriétaire
        [adult] Un adulte
        [child] Un enfant
       *[guest] Un invité
    } ne peut pas faire cela avec { $name }.
failed-myself = C'est moi qui ai échoué ; mon journal en dit plus.

model-says = Mon modèle dit :
unchanged = Rien n'a changé dans la maison.
in-the-house = Dans la maison : { $things }
and-more = { $things } et { $n } de plus
does-not-answer = pas de réponse
has-not-told = état inconnu
