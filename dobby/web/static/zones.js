// Zones over a camera's picture, in fractions of it: shown, and drawn corner by corner.

const COLORS = { watch: "#1f8a70", ignore: "#9c3524" };

function trace(pen, points, closed) {
  const { width, height } = pen.canvas;
  pen.beginPath();
  points.forEach(([x, y], index) => pen[index ? "lineTo" : "moveTo"](x * width, y * height));
  if (closed) pen.closePath();
}

export function drawZones(pen, zones) {
  pen.lineWidth = Math.max(2, pen.canvas.width / 320);
  for (const { name, points, use } of zones) {
    trace(pen, points, true);
    pen.strokeStyle = COLORS[use];
    pen.fillStyle = `${COLORS[use]}33`;
    pen.fill();
    pen.stroke();
    pen.fillStyle = COLORS[use];
    pen.font = `600 ${Math.max(12, pen.canvas.width / 50)}px system-ui, sans-serif`;
    pen.fillText(name, points[0][0] * pen.canvas.width + 6, points[0][1] * pen.canvas.height + 18);
  }
}

export class Drawing {
  constructor(canvas, changed) {
    this.points = [];
    this.canvas = canvas;
    this.add = (event) => {
      const place = canvas.getBoundingClientRect();
      const fraction = (at, from, length) => Math.min(1, Math.max(0, (at - from) / length));
      this.points.push([
        fraction(event.clientX, place.left, place.width), fraction(event.clientY, place.top, place.height),
      ]);
      changed();
    };
    canvas.addEventListener("click", this.add);
    canvas.classList.add("drawing");
  }

  paint(pen) {
    trace(pen, this.points, false);
    pen.strokeStyle = "#fdf1cc";
    pen.lineWidth = Math.max(2, pen.canvas.width / 250);
    pen.stroke();
    pen.fillStyle = "#d9a92f";
    for (const [x, y] of this.points) {
      pen.fillRect(x * pen.canvas.width - 4, y * pen.canvas.height - 4, 8, 8);
    }
  }

  end() {
    this.canvas.removeEventListener("click", this.add);
    this.canvas.classList.remove("drawing");
  }
}
