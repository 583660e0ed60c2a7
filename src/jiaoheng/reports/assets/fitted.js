// How a chart adapts to the room it has; the page and the paper share this file.
function fitted(option, width) {
  "use strict";
  if (width >= 480) return option;
  // In a narrow place a township has room for its name, or for the few words that it brings along; its value
  // stands in the table below.
  option.series.forEach(function (series) {
    if (series.type !== "map") return;
    series.label.fontSize = 10;
    series.data.forEach(function (item) {
      if (item.label) item.label.formatter = item.short || "{b}";
    });
  });
  return option;
}
