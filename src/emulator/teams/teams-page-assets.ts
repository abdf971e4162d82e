/** The page's script: renders the card as Teams would, in the colours the reader's system asks for. */
export const pageScript = `"use strict";
{
  // Teams knows bold, italic, lists and links; the rest of Markdown stays as it was typed.
  const markdown = markdownit("zero").enable(["emphasis", "link", "list", "newline", "escape"]);
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdown.render(text);
    result.didProcess = true;
  };

  const fonts = {
    default: {
      fontFamily: '"Segoe UI", "Open Sans", system-ui, sans-serif',
      fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
    monospace: {
      fontFamily: 'Consolas, ui-monospace, "DejaVu Sans Mono", monospace',
      fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
      fontWeights: { lighter: 300, default: 400, bolder: 600 },
    },
  };
  const colors = (of) => Object.fromEntries(Object.entries(of).map(([name, [strong, subtle]]) => [name, { default: strong, subtle }]));
  const config = ({ foreground, backgrounds, line }) => new AdaptiveCards.HostConfig({
    supportsInteractivity: true,
    fontTypes: fonts,
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 16 },
    separator: { lineThickness: 1, lineColor: line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: Object.fromEntries(
      Object.entries(backgrounds).map(([name, backgroundColor]) => [name, { backgroundColor, foregroundColors: colors(foreground) }]),
    ),
    actions: {
      maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left",
      showCard: { actionMode: "inline", inlineTopMargin: 8, style: "emphasis" },
    },
    factSet: { title: { weight: "bolder", wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 8 },
  });
  const light = config({
    line: "#E0E0E0",
    foreground: {
      default: ["#242424", "#616161"], accent: ["#5B5FC7", "#7F85F5"], attention: ["#C4314B", "#D74654"],
      warning: ["#835C00", "#A36A00"], good: ["#237B4B", "#3A8F5F"], light: ["#FFFFFF", "#F0F0F0"], dark: ["#242424", "#616161"],
    },
    backgrounds: { default: "#FFFFFF", emphasis: "#F5F5F5", accent: "#E8EBFA", good: "#E7F2DA", attention: "#FCF4F6", warning: "#FBF6D9" },
  });
  const dark = config({
    line: "#484848",
    foreground: {
      default: ["#FFFFFF", "#ADADAD"], accent: ["#9299F7", "#7F85F5"], attention: ["#F9526B", "#E37D80"],
      warning: ["#FFAA44", "#D9A04B"], good: ["#92C353", "#7FA951"], light: ["#FFFFFF", "#F0F0F0"], dark: ["#242424", "#616161"],
    },
    backgrounds: { default: "#292929", emphasis: "#1F1F1F", accent: "#2F2F4A", good: "#1D2B1A", attention: "#3B2126", warning: "#38301B" },
  });

  const place = document.getElementById("card");
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const show = (json) => {
    const card = new AdaptiveCards.AdaptiveCard();
    card.hostConfig = scheme.matches ? dark : light;
    card.onExecuteAction = (action) => {
      if (action.url) window.open(action.url, "_blank", "noopener,noreferrer");
    };
    card.parse(json);
    place.replaceChildren(card.render());
    for (const anchor of place.querySelectorAll("a")) anchor.rel = "noopener noreferrer";
    document.body.dataset.rendered = "true";
  };
  fetch(place.dataset.card).then((answer) => answer.json()).then((json) => {
    show(json);
    scheme.addEventListener("change", () => show(json));
  });
}
`;

/** The page's style: a message in a Teams channel, light and dark. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #f5f5f5; --card: #fff; --text: #242424; --soft: #616161; --line: #e0e0e0; --link: #5b5fc7; }
@media (prefers-color-scheme: dark) {
  :root { --page: #1f1f1f; --card: #292929; --text: #fff; --soft: #adadad; --line: #484848; --link: #9299f7; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/20px "Segoe UI", "Open Sans", system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 16px 12px 32px; }
h1 { font-size: 20px; }
li { margin: 6px 0; }
a { color: var(--link); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
li span, time { color: var(--soft); font-size: 12px; }
.post { display: flex; gap: 8px; align-items: flex-start; }
.avatar { flex: none; width: 32px; height: 32px; border-radius: 6px; background: #5b5fc7; color: #fff; font-weight: 600; display: grid; place-items: center; }
.message { flex: 1; min-width: 0; }
.message > header { margin: 0 0 6px; }
#card { background: var(--card); border: 1px solid var(--line); border-radius: 8px; overflow: hidden; box-shadow: 0 1px 3px rgb(0 0 0 / 12%); }
#card p, #card ul, #card ol { margin: 0; }
#card .ac-textBlock, #card .ac-richTextBlock { overflow-wrap: anywhere; }
#card [role="button"], #card .ac-selectable { cursor: pointer; }
#card .ac-pushButton {
  min-height: 32px; padding: 0 16px; border: 1px solid var(--line); border-radius: 4px; background: var(--card); color: var(--text);
  font: inherit; font-weight: 600; cursor: pointer;
}
@media (max-width: 480px) {
  main { padding: 8px; }
  .avatar { display: none; }
}
`;
