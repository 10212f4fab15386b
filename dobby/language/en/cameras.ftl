# Why nothing was done about the cameras, and one good question.

morning-or-evening = From { $hour } in the morning, or in the evening? Say, for instance: { $example }
no-camera-there = No camera looks at { $place }. I see { $known }.
no-part-there = No camera looks at { $place }. I see { $known }. A part of a picture can be drawn on the page, and given that name.
alerts-how-long = For how long shall I tell you nothing? Say, for instance: no alerts for an hour.
camera-kept = I cannot forget a camera. I can leave it alone: stop watching { $places }.
camera-address = Most cameras I find by myself. For others I need the whole address, for instance: add a camera rtsp://192.168.1.20/live. It is in the camera's manual or app.
