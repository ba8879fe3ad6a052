// Shows the deck. The letters of each slide are as large as its content allows, and never smaller than 3 % of its height.
(() => {
  const WIDTH = 1280;
  const HEIGHT = 720;
  const FOOT = 28; // for the number of the slide
  const SMALLEST = 22;
  const LARGEST = { talk: 50, exercise: 44, picture: 28, first: 40 };
  const slides = [...document.querySelectorAll(".slides section.slide")];
  const fits = (slide) => {
    const body = slide.querySelector(".body");
    const end = body.offsetTop + Math.max(body.offsetHeight, body.scrollHeight);
    return end <= HEIGHT - FOOT && slide.scrollHeight <= HEIGHT && slide.scrollWidth <= WIDTH;
  };
  const fitted = new Set();
  const fit = (slide) => {
    if (fitted.has(slide)) return;
    fitted.add(slide);
    const look = Object.keys(LARGEST).find((name) => slide.classList.contains(name));
    let low = SMALLEST;
    let high = LARGEST[look] ?? (slide.querySelector(".made") ? 40 : 48);
    while (high - low > 1) {
      const middle = (low + high) / 2;
      slide.style.setProperty("--size", `${middle}px`);
      if (fits(slide)) low = middle;
      else high = middle;
    }
    slide.style.setProperty("--size", `${Math.floor(low)}px`);
    slide.classList.toggle("overfull", !fits(slide));
  };
  const all = () => slides.forEach(fit);
  const loaded = [...document.images].map((image) => image.decode().catch(() => {}));
  Promise.all([...loaded, document.fonts.ready]).then(async () => {
    await Reveal.initialize({
      width: WIDTH, height: HEIGHT, margin: 0.02, center: false, hash: true, slideNumber: "c/t", transition: "none",
      backgroundTransition: "none", rtl: document.dir === "rtl", controlsTutorial: false, scrollActivationWidth: null, pdfSeparateFragments: false, plugins: [RevealNotes],
    });
    Reveal.on("pdf-ready", all);
    Reveal.on("slidechanged", ({ currentSlide }) => fit(currentSlide));
    if (Reveal.isPrintView()) all();
    else fit(Reveal.getCurrentSlide());
    // Reveal calls itself ready before these lines have run: whoever measures a slide awaits this.
    document.body.classList.add("fitted");
  });
})();
