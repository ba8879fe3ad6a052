// A clock for what the class does on its own: a click starts it, another stops it. It ends in silence.
document.querySelectorAll(".clock").forEach((button) => {
  const whole = 60 * Number(button.dataset.minutes);
  const idle = button.textContent;
  let left = whole;
  let timer = 0;
  const show = () => {
    const minutes = Math.floor(left / 60);
    button.textContent = left ? `${minutes}:${String(left % 60).padStart(2, "0")}` : button.dataset.end ?? "Time";
  };
  const stop = () => { clearInterval(timer); timer = 0; };
  button.title = button.dataset.title ?? "Start or stop the clock";
  button.addEventListener("click", () => {
    if (timer) { stop(); return; }
    if (!left) { left = whole; button.textContent = idle; return; }
    const end = Date.now() + 1000 * left;
    timer = setInterval(() => {
      left = Math.max(0, Math.round((end - Date.now()) / 1000));
      show();
      if (!left) stop();
    }, 250);
    show();
  });
});
