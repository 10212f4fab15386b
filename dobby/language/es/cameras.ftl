# Por qué no se hizo nada con las cámaras, y una buena pregunta.

morning-or-evening = ¿Desde las { $hour } de la mañana o de la noche? Di por ejemplo: { $example }
no-camera-there = Ninguna cámara mira ahí: { $place }. Veo: { $known }.
no-part-there = Ninguna cámara mira ahí: { $place }. Veo: { $known }. En la página se puede dibujar una parte de una imagen y darle ese nombre.
alerts-how-long = ¿Durante cuánto tiempo no debo avisar de nada? Di por ejemplo: nada de avisos durante una hora.
camera-kept = No puedo olvidar una cámara. Puedo dejarla en paz: deja de vigilar ({ $places }).
camera-address = La mayoría de las cámaras las encuentro yo. Para otras necesito la dirección entera, por ejemplo: añade una cámara rtsp://192.168.1.20/live. Está en el manual o en la aplicación de la cámara.
