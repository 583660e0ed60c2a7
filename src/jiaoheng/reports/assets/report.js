// Draws charts when they come near, sorts tables, switches between the maps. The words and numbers in a tooltip come
// with the data, worded and rounded; nothing is computed here.
(function () {
  "use strict";

  var data = JSON.parse(document.getElementById("chart-data").textContent);
  Object.keys(data.maps).forEach(function (name) {
    echarts.registerMap(name, data.maps[name]);
  });

  function escaped(text) {
    var holder = document.createElement("span");
    holder.textContent = text;
    return holder.innerHTML;
  }

  function tip(item) {
    var lines = (item.data && item.data.tip) || [];
    return lines
      .map(function (line, place) {
        return place === 0 ? "<strong>" + escaped(line) + "</strong>" : escaped(line);
      })
      .join("<br>");
  }

  function draw(box) {
    if (box.chart || box.clientWidth === 0) return;
    var option = fitted(data.options[box.dataset.chart], box.clientWidth);
    option.tooltip.formatter = tip;
    option.tooltip.extraCssText = "max-width:min(300px,80vw);white-space:normal;line-height:1.5";
    box.chart = echarts.init(box, null, { renderer: "svg" });
    box.chart.setOption(option);
  }

  var boxes = Array.prototype.slice.call(document.querySelectorAll(".chart"));

  var near = new IntersectionObserver(
    function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) {
          draw(entry.target);
          if (entry.target.chart) near.unobserve(entry.target);
        }
      });
    },
    { rootMargin: "600px 0px" }
  );
  var sized = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      if (entry.target.chart && entry.target.clientWidth > 0) entry.target.chart.resize();
    });
  });
  boxes.forEach(function (box) {
    near.observe(box);
    sized.observe(box);
  });

  // A page is printed whole: draw what nobody has scrolled to yet, at the width of the paper.
  function drawAll() {
    boxes.forEach(function (box) {
      draw(box);
      if (!box.chart || box.clientWidth === 0) return;
      box.chart.resize();
      box.chart.getZr().flush(); // no frame comes before the page is printed
    });
  }
  // Of slides, paper shows some side by side.
  function layOut(printing) {
    document.querySelectorAll(".slides").forEach(function (slides) {
      var at = Number(slides.querySelector("input").value);
      slides.classList.toggle("printing", printing);
      slides.querySelectorAll("figure").forEach(function (figure, place) {
        figure.hidden = printing ? !figure.classList.contains("printed") : place !== at;
      });
    });
  }
  window.addEventListener("beforeprint", function () {
    layOut(true);
    drawAll();
  });
  window.addEventListener("afterprint", function () {
    layOut(false);
  });
  window.matchMedia("print").addEventListener("change", drawAll);

  document.querySelectorAll("select[data-choice]").forEach(function (select) {
    function show() {
      select.closest(".choice").querySelectorAll("figure").forEach(function (figure) {
        figure.hidden = figure.id !== select.value;
        if (!figure.hidden) draw(figure.querySelector(".chart"));
      });
    }
    select.addEventListener("change", show);
    show(); // a reloaded page keeps its old choice
  });

  document.querySelectorAll("input[data-slides]").forEach(function (range) {
    var names = range.dataset.slides.split(" ");
    var holder = range.closest(".slides");
    function show() {
      holder.querySelectorAll("figure").forEach(function (figure, place) {
        figure.hidden = place !== Number(range.value);
        if (!figure.hidden) draw(figure.querySelector(".chart"));
      });
      holder.querySelector("output").textContent = names[range.value];
      range.setAttribute("aria-valuetext", names[range.value]);
    }
    range.addEventListener("input", show);
    show();
  });

  var words = new Intl.Collator("zh-CN", { numeric: true });

  function compare(a, b) {
    var x = Number(a), y = Number(b);
    return isNaN(x) || isNaN(y) ? words.compare(a, b) : x - y;
  }

  function sort(table, place, descending) {
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (left, right) {
      var a = left.cells[place].dataset.sort, b = right.cells[place].dataset.sort;
      if (a === "" || b === "") return (a === "") - (b === ""); // what is missing comes last, whichever way
      return descending ? compare(b, a) : compare(a, b);
    });
    rows.forEach(function (row) {
      body.appendChild(row);
    });
  }

  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = Array.prototype.slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, place) {
      head.querySelector("button").addEventListener("click", function () {
        var descending = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) {
          other.removeAttribute("aria-sort");
        });
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, place, descending);
      });
    });
  });

  // The hint to swipe stands where there is something to swipe to.
  var scrolled = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      entry.target.classList.toggle("scrolls", entry.target.scrollWidth > entry.target.clientWidth + 1);
    });
  });
  document.querySelectorAll(".table-box").forEach(function (box) {
    scrolled.observe(box);
  });

  // On a narrow page the contents would push the report away.
  if (window.matchMedia("(max-width: 1099px)").matches) document.querySelector(".contents details").open = false;
})();
