"""How the wall looks: made for 1280 x 720, and everything grows with the window from there."""

import streamlit as st

from views.foundation import theme

STYLE = """<style>
  /* At 1280 x 720 the root is 16 pixels; a larger window magnifies text, buttons and charts alike. */
  @media (min-width: 1000px) { html:has(.st-key-scene) { font-size: max(16px, min(1.25vw, 2.2222vh)); } }
  .stApp:has(.st-key-scene) header { display: none !important; }
  .stApp:has(.st-key-scene) [data-testid=stLayoutWrapper]:has(> :is(.st-key-filtre, .st-key-moedevalg)) {
    display: none;
  }
  .stMainBlockContainer:has(.st-key-scene) { padding: 0.75rem 2rem 0; max-width: none; }
  .st-key-scene { gap: 0; min-height: calc(100dvh - 0.75rem); }
  .st-key-scene p, .st-key-scene li { font-size: 1.125rem; line-height: 1.35; }
  .st-key-scene h1 { font-size: 1.875rem; line-height: 1.2; padding: 0.25rem 0 0.5rem; }
  .st-key-scene button :is(p, kbd, span:not([data-testid])) { font-size: 0.9375rem; }
  .st-key-scene:has(.st-key-ord) h1 { font-size: 3rem; margin-top: 20vh; }
  .st-key-ord p { font-size: 1.5rem; }
  .st-key-scenens-krop { flex: 1 1 auto; gap: 0.25rem; }
  .st-key-scenens-fod { padding-bottom: 0.25rem; }
  [data-testid=stLayoutWrapper]:has(> .st-key-scenens-krop) { flex: 1 1 auto; }
  [data-testid=stLayoutWrapper]:has(> .st-key-billede) { flex: 1 1 auto; }
  .st-key-billede { gap: 0.375rem; }
  .hvor b, .hvor > span { display: block; font-size: 1.125rem; line-height: 1.3; }
  .hvor b { font-weight: 600; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .st-key-aftalt { min-height: 0; }
  .st-key-aftalt button { min-height: 0; padding-block: 0; }
  .st-key-scene .st-key-billede [data-testid=stMarkdownContainer], .st-key-besluttet * { margin: 0; }
  .st-key-scene .st-key-billede p { margin: 0; }
  .st-key-scene .st-key-punkt label { display: none; }
  .st-key-scene .st-key-punkt [data-testid=stSelectbox] { width: 6rem; }
  .st-key-scene .st-key-aftalt button p { font-size: 1.125rem; text-align: left; }
  .st-key-scene .svarfarver, .st-key-scene .svarfarver .vurdering { font-size: 1.125rem; }
  .st-key-scene .svarfarver i { width: 1rem; height: 1rem; vertical-align: -2px; }
  .st-key-scene :is(.svarfarver, .tal, .indsats, section) img { zoom: calc(1.2 * tan(atan2(1rem, 16px))); }
  .st-key-scene .tal { font-size: 1.25rem; }
  .st-key-scene .tal small { font-size: 1.125rem; }
  .st-key-scene .tal th, .st-key-scene .tal td { padding: 0.3rem 0.75rem 0.3rem 0; line-height: 1.25; }
  .st-key-scene .stor { font-size: 1.75rem; max-width: 40em; margin: 1rem 0; }
  .st-key-scene .maal { font-size: 1.5rem; margin: 0.5rem 0; }
  .st-key-scene .indsats .tilstand { font-size: 1.375rem; }
  .st-key-scene .indsats small { font-size: 1.125rem; }
  .side-om-side { display: flex; flex-wrap: wrap; gap: 0 3rem; }
  .side-om-side section { flex: 1 1 20rem; }
  .st-key-scene section h2 { font-size: 1.375rem; padding: 0.75rem 0 0.25rem; }
  .st-key-scene section ul { margin: 0; padding-left: 1.25rem; }
  .st-key-scene section li { font-size: 1.25rem; margin: 0.35rem 0; }
  .st-key-scene section small { display: block; font-size: 1.125rem; color: #454545; }
  .st-key-scene section img { display: inline-block; vertical-align: -1px; margin-right: 4px; }
  .st-key-scene .smaa-billeder { grid-template-columns: repeat(3, 1fr); gap: 0.5rem 1rem; }
  .st-key-scene .smaa-billeder img { max-width: none; }
  .st-key-scene .smaa-billeder figcaption { font-size: 1.125rem; }
  .st-key-besluttet { margin-bottom: 0.375rem; border-left: 4px solid #08306B; padding-left: 0.75rem; }
  .st-key-besluttet p { overflow: hidden; display: -webkit-box; -webkit-box-orient: vertical;
    -webkit-line-clamp: 1; }
  /* Over the picture, which stays where it is. */
  [data-testid=stLayoutWrapper]:has(> .st-key-talepunkter) {
    position: fixed; z-index: 2; left: 2rem; right: 2rem; bottom: 4rem; max-height: 50dvh; overflow-y: auto;
  }
  .st-key-talepunkter { background: #E2F2FB; padding: 0.75rem 1rem; border-left: 4px solid #08306B; }
  .st-key-talepunkter p { white-space: pre-line; }
  [class*=st-key-kladde-] [data-testid=InputInstructions] { display: none; }
  .kladde-hentet { background: #E2F2FB; padding: 0.5rem 0.75rem; margin: 0; }
  .kladde-hentet[hidden] { display: none; }
  /* Charts are drawn as elsewhere and magnified, so that their smallest text is 18 pixels. What is
     magnified is the drawing alone: its surroundings are measured as they are. */
  @media (max-width: 640px) {
    .st-key-scene h1 { font-size: 1.375rem; }
    .st-key-scene .st-key-besluttet p { -webkit-line-clamp: none; }
    .st-key-scene .stor, .st-key-scene .maal { font-size: 1.25rem; }
  }
  @media (min-width: 1000px) {
    [class*=st-key-tegning-] { --gange: calc(var(--tegning) * tan(atan2(1rem, 16px))); overflow: visible; }
    .st-key-tegning-13 { --tegning: 1.3; }
    .st-key-tegning-15 { --tegning: 1.5; }
    [class*=st-key-tegning-] > div { width: calc(100% / var(--gange)) !important; }
    [class*=st-key-tegning-] svg.marks { zoom: var(--gange); }
  }
</style>"""
LATE = f"<style>.hvor .over-tiden {{ color: {theme.WARNING}; font-weight: 600; }}</style>"


def draw() -> None:
    """What only the wall needs: everything else is out of sight."""
    st.html(STYLE + LATE)
