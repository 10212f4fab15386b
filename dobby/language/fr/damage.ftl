# Ce qui ne va pas dans la mémoire.

memory-damaged =
    Une partie de ma mémoire a été abîmée sur le disque. Illisible : { $what }. { $count ->
        [one] Je l'ai mis
       *[other] J'ai mis tout cela
    } de côté, et le reste continue. S'il te manque quelque chose, `dobby restore` sur mon serveur rétablit une sauvegarde.
lost =
    { $n ->
        [one] { $kind ->
                [message] { $n } message
                [device] { $n } appareil
                [room] { $n } pièce
                [person] { $n } personne
                [address] { $n } adresse
                [fact] { $n } chose retenue
                [conversation] { $n } conversation
                [name] { $n } nom
                [pairing] { $n } association
                [camera] { $n } caméra
                [incident] { $n } incident
                [alert_rule] { $n } règle d'alerte
                [picture] { $n } image
               *[other] { $n } autre donnée
            }
       *[other] { $kind ->
                [message] { $n } messages
                [device] { $n } appareils
                [room] { $n } pièces
                [person] { $n } personnes
                [address] { $n } adresses
                [fact] { $n } choses retenues
                [conversation] { $n } conversations
                [name] { $n } noms
                [pairing] { $n } associations
                [camera] { $n } caméras
                [incident] { $n } incidents
                [alert_rule] { $n } règles d'alerte
                [picture] { $n } images
               *[other] { $n } autres données
            }
    }
record-broken = Quelqu'un a modifié mon journal de qui a fait quoi, ou remis une autre base de données : il ne tient plus. `dobby doctor` sur mon serveur dit où.
say-again = Ce que tu as écrit en dernier a été abîmé sur mon disque avant que j'y aie répondu. Redis-le, s'il te plaît.
