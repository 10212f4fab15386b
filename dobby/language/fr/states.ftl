# Comment on dit l'état d'un appareil, et ce qu'on peut en faire.
# Le genre des noms n'est pas connu : « c'est » ne s'accorde pas.

locale = fr
date-pattern = EEEE d MMMM y
day-pattern = d MMMM
day-year-pattern = d MMMM y

verb-be = c'est
verb-play =
    { $count ->
        [one] joue
       *[other] jouent
    }

told = { $who } : { $what }
and = { $first } et { $second }
being = { verb-be } { $parts }
percent = { $n } %
celsius = { $degrees } °C
fahrenheit = { $degrees } °F

power =
    { verb-be } { $state ->
        [on] allumé
       *[off] éteint
    }
brightness = { verb-be } à { $percent }
color = { verb-be } en { $color }
color-temperature = { verb-be } en { $white } ({ $kelvin } K)
volume = { verb-be } au volume { $level }
mute =
    { $state ->
        [muted] le son est coupé
       *[loud] le son n'est plus coupé
    }
playback =
    { $state ->
        [playing] la lecture est en cours
        [paused] { verb-be } en pause
       *[stopped] { verb-be } arrêté
    }
media = { verb-play } { $title }
skip =
    { $to ->
        [next] morceau suivant
       *[previous] morceau précédent
    }
play-mode = lecture { $modes }
play-mode-part =
    { $mode ->
        [shuffled] aléatoire
        [in-order] dans l'ordre
        [repeat-off] sans répétition
        [repeat-one] du même morceau en boucle
       *[repeat-all] de tout en boucle
    }
preset = vue sur { $name }
source = affiche { $name }
group = { verb-play } avec les autres
climate = { verb-be } { $parts }
climate-mode =
    { $mode ->
        [off] éteint
        [heat] en mode chauffage
        [cool] en mode froid
        [auto] en mode automatique
        [dry] en mode déshumidification
       *[fan] en mode ventilation
    }
climate-target = réglé sur { $temperature }
climate-current = à { $temperature } maintenant
fan-speed =
    { $state ->
        [off] { verb-be } éteint
       *[on] { verb-be } en marche à { $percent }
    }
position =
    { verb-be } { $state ->
        [closed] fermé
        [open] ouvert
       *[between] ouvert à { $percent }
    }
movement =
    { verb-be } { $state ->
        [moving] en mouvement
       *[still] à l'arrêt
    }
tilt = { verb-be } incliné à { $percent }
lock =
    { verb-be } { $state ->
        [locked] verrouillé
       *[unlocked] déverrouillé
    }
alarm =
    { verb-be } { $mode ->
        [disarmed] désarmé
       *[armed] armé ({ alarm-mode })
    }
alarm-mode =
    { $mode ->
        [home] présence
        [away] absence
       *[night] nuit
    }
chore =
    { verb-be } { $activity ->
        [working] au travail
        [docked] à la base ou en chemin
        [paused] en pause
       *[stopped] à l'arrêt
    }
chore-in = { chore } ({ $area })
scene =
    { verb-be } { $state ->
        [on] en place
       *[off] terminé
    }
todo = { $items }
todo-empty = { verb-be } vide
timers = { $timers }
timers-none = rien ne tourne
timer-left =
    { $name }, encore { $duration }{ $state ->
        [paused] {" "}(en pause)
       *[running] {""}
    }
timer-nameless = un minuteur
known = { verb-be } connu

media-title =
    { $title }{ $by ->
        [none] {""}
       *[artist] {" "}de { $artist }
    }{ $on ->
        [none] {""}
       *[item] {" "}({ $item })
    }
something = quelque chose

color-name =
    { $hue ->
        [white] blanc
        [orange] orange
        [yellow] jaune
        [lime] vert citron
        [green] vert
        [turquoise] turquoise
        [cyan] cyan
        [blue] bleu
        [purple] violet
        [pink] rose
        [crimson] cramoisi
       *[red] rouge
    }
white-name =
    { $white ->
        [candle] blanc très chaud
        [warm] blanc chaud
        [neutral] blanc neutre
       *[daylight] lumière du jour
    }

do-lock =
    { $state ->
        [locked] verrouiller
       *[unlocked] déverrouiller
    } { $thing }
do-position =
    { $state ->
        [closed] fermer { $thing }
        [open] ouvrir { $thing }
       *[between] ouvrir { $thing } à { $percent }
    }
do-alarm =
    { $mode ->
        [disarmed] désarmer { $thing }
       *[armed] armer { $thing } ({ alarm-mode })
    }
do-climate =
    régler { $thing } { $how ->
        [target] sur { $temperature }
        [mode] sur { climate-word }
       *[both] sur { $temperature } en { climate-word }
    }
climate-word =
    { $mode ->
        [off] arrêt
        [heat] chauffage
        [cool] froid
        [auto] automatique
        [dry] déshumidification
       *[fan] ventilation
    }
do-power =
    { $state ->
        [on] allumer
       *[off] éteindre
    } { $thing }
do-percent = régler { $thing } à { $percent }
do-volume = régler le volume de { $thing } sur { $level }
do-mute =
    { $state ->
        [muted] couper le son de { $thing }
       *[loud] remettre le son de { $thing }
    }
do-color = mettre { $thing } en { $color }
do-playback =
    { $state ->
        [playing] lancer la lecture sur { $thing }
        [paused] mettre { $thing } en pause
       *[stopped] arrêter { $thing }
    }
do-media = jouer { $title } sur { $thing }
do-source = passer { $thing } sur { $name }
do-chore =
    { $activity ->
        [working] envoyer { $thing } au travail
        [docked] renvoyer { $thing } à sa base
        [paused] mettre { $thing } en pause
       *[stopped] arrêter { $thing }
    }
do-chore-in = { do-chore } ({ $area })
do-group = faire jouer { $thing } avec les autres
do-scene =
    { $state ->
        [on] mettre en place { $thing }
       *[off] terminer { $thing }
    }
do-movement = arrêter { $thing }
do-skip =
    passer au morceau { $to ->
        [next] suivant
       *[previous] précédent
    } sur { $thing }
do-change = changer quelque chose à { $thing } ({ $ability })

able =
    { $ability ->
        [power] allumer et éteindre
        [brightness] faire varier
        [color] colorer
        [color_temperature] rendre plus chaud ou plus froid
        [volume] monter et baisser
        [mute] couper le son
        [playback] lire et mettre en pause
        [source] changer d'entrée
        [group] associer à d'autres enceintes
        [climate] régler sur une température
        [fan_speed] régler sur une vitesse
        [position] ouvrir et fermer
        [tilt] incliner
        [lock] verrouiller et déverrouiller
        [alarm] armer et désarmer
        [chore] envoyer au travail
        [scene] mettre en place
        [snapshot] regarder
        [todo] compléter
        [timers] régler
        [preset] tourner vers une vue
       *[movement] arrêter en chemin
    }

ability =
    { $ability ->
        [power] marche et arrêt
        [brightness] luminosité
        [color] couleur
        [color_temperature] température de couleur
        [volume] volume
        [mute] coupure du son
        [playback] lecture
        [skip] changement de morceau
        [media] musique
        [play_mode] ordre de lecture
        [source] entrée
        [preset] vue
        [group] groupe
        [climate] température
        [fan_speed] vitesse
        [position] ouverture
        [movement] mouvement
        [tilt] inclinaison
        [lock] serrure
        [alarm] alarme
        [chore] travail
        [scene] ambiance
        [todo] liste
        [timers] minuteurs
        [snapshot] image
       *[reading] mesure
    }
