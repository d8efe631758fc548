// SPDX-License-Identifier: Apache-2.0
#include "ui/editing/gestures.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace ui
{
namespace
{

#define UI_TEXT(text) QT_TRANSLATE_NOOP("gestures", text)

using Id = ActionId;

constexpr const char *file = UI_TEXT("&File");
constexpr const char *edit = UI_TEXT("&Edit");
constexpr const char *object = UI_TEXT("&Object");
constexpr const char *tools = UI_TEXT("&Tools");
constexpr const char *view = UI_TEXT("&View");
constexpr const char *help = UI_TEXT("&Help");

// In the order of the menus.
constexpr std::array actions{
    ActionGesture{Id::OpenImages, "open-images", file, UI_TEXT("&Open Images\u2026"),
                  UI_TEXT("Open images"), "Ctrl+O"},
    ActionGesture{Id::OpenFolder, "open-folder", file, UI_TEXT("Open &Folder\u2026"),
                  UI_TEXT("Open all images of a folder"), "Ctrl+Shift+O"},
    ActionGesture{Id::OpenProject, "open-project", file, UI_TEXT("Open &Project\u2026"),
                  UI_TEXT("Open a project file"), ""},
    ActionGesture{Id::ImportAnnotations, "import-annotations", file,
                  UI_TEXT("Import &Annotations\u2026"),
                  UI_TEXT("Import annotations of any format as objects"), ""},
    ActionGesture{Id::ImportDetections, "import-detections", file,
                  UI_TEXT("&Import Detections\u2026"),
                  UI_TEXT("Import a detector's boxes or masks as proposals"), ""},
    ActionGesture{Id::ExportDataset, "export", file, UI_TEXT("&Export\u2026"),
                  UI_TEXT("Export the dataset"), "Ctrl+E"},
    ActionGesture{Id::NextImage, "next-image", file, UI_TEXT("&Next Image"), UI_TEXT("Next image"),
                  "D; PgDown"},
    ActionGesture{Id::PreviousImage, "previous-image", file, UI_TEXT("P&revious Image"),
                  UI_TEXT("Previous image"), "A; PgUp"},
    ActionGesture{Id::Quit, "quit", file, UI_TEXT("&Quit"),
                  UI_TEXT("Quit; everything is saved already"), "Ctrl+Q"},
    ActionGesture{Id::Undo, "undo", edit, UI_TEXT("&Undo"),
                  UI_TEXT("Take back the last prompt, or undo"), "Ctrl+Z"},
    ActionGesture{Id::Redo, "redo", edit, UI_TEXT("&Redo"), UI_TEXT("Redo"),
                  "Ctrl+Shift+Z; Ctrl+Y"},
    ActionGesture{Id::DeleteObject, "delete-object", edit, UI_TEXT("&Delete Object"),
                  UI_TEXT("Delete the selected object; reject the proposal"), "Del"},
    ActionGesture{Id::DuplicateObjects, "duplicate", edit, UI_TEXT("Du&plicate"),
                  UI_TEXT("Duplicate the selected objects in their place"), "Ctrl+D"},
    ActionGesture{Id::CopyObjects, "copy", edit, UI_TEXT("&Copy"),
                  UI_TEXT("Copy the selected objects"), "Ctrl+C"},
    ActionGesture{Id::PasteObjects, "paste", edit, UI_TEXT("Pa&ste"),
                  UI_TEXT("Paste them into an image of the same size"), "Ctrl+V"},
    ActionGesture{Id::SelectAll, "select-all", edit, UI_TEXT("Select &All"),
                  UI_TEXT("Select all objects that are shown"), "Ctrl+A"},
    ActionGesture{Id::RefineObject, "refine-object", edit, UI_TEXT("Re&fine Object"),
                  UI_TEXT("Take up the selected object again"), "R"},
    ActionGesture{Id::AddCategory, "add-category", edit, UI_TEXT("Add &Category\u2026"),
                  UI_TEXT("Add a category"), ""},
    ActionGesture{Id::PickCategory, "pick-category", edit, UI_TEXT("&Pick Category\u2026"),
                  UI_TEXT("Pick a category by typing"), "/"},
    ActionGesture{Id::Preferences, "preferences", edit, UI_TEXT("Pre&ferences\u2026"),
                  UI_TEXT("Preferences"), "Ctrl+,"},
    ActionGesture{Id::Everything, "everything", object, UI_TEXT("&Everything in View"),
                  UI_TEXT("Look for everything in view, or in the box just drawn"), "E"},
    ActionGesture{Id::NextProposal, "next-proposal", object, UI_TEXT("Next P&roposal"),
                  UI_TEXT("Review what was imported, the worst first; the next proposal"), "J"},
    ActionGesture{Id::PreviousProposal, "previous-proposal", object, UI_TEXT("Pre&vious Proposal"),
                  UI_TEXT("The proposal before it"), "Shift+J"},
    ActionGesture{Id::Accept, "accept", object, UI_TEXT("&Accept"),
                  UI_TEXT("Accept the mask into the current category"), "Return; Enter; N"},
    ActionGesture{Id::AcceptAndNext, "accept-and-next", object, UI_TEXT("Accept, Next &Image"),
                  UI_TEXT("Accept the mask and go to the next image"), "Ctrl+Return; Ctrl+Enter"},
    ActionGesture{Id::Drop, "drop", object, UI_TEXT("&Drop"),
                  UI_TEXT("Drop the object being drawn"), "Esc"},
    ActionGesture{Id::TakeBack, "take-back", object, UI_TEXT("&Take Back Prompt"),
                  UI_TEXT("Take back the last prompt"), "Backspace"},
    ActionGesture{Id::NextCandidate, "next-candidate", object, UI_TEXT("&Next Candidate"),
                  UI_TEXT("Next candidate"), "Tab"},
    ActionGesture{Id::PreviousCandidate, "previous-candidate", object,
                  UI_TEXT("&Previous Candidate"), UI_TEXT("Previous candidate"), "Shift+Tab"},
    ActionGesture{Id::UniteObjects, "unite", object, UI_TEXT("&Unite"),
                  UI_TEXT("Unite the selected objects; the one selected first keeps its category"),
                  "Ctrl+U"},
    ActionGesture{Id::SubtractObjects, "subtract", object, UI_TEXT("&Subtract"),
                  UI_TEXT("Subtract the other selected objects from the one selected first"),
                  "Ctrl+Shift+U"},
    ActionGesture{Id::IntersectObjects, "intersect", object, UI_TEXT("&Intersect"),
                  UI_TEXT("Keep only what all selected objects share"), "Ctrl+I"},
    ActionGesture{Id::ExcludeObjects, "exclude", object, UI_TEXT("E&xclude"),
                  UI_TEXT("Keep only what the selected objects do not share"), "Ctrl+Shift+I"},
    ActionGesture{Id::SplitObjects, "split", object, UI_TEXT("Split into &Parts"),
                  UI_TEXT("Make every part of the selected objects an object"), "Ctrl+K"},
    ActionGesture{Id::TakeFromBelow, "take-from-below", object, UI_TEXT("Take Pixels from &Below"),
                  UI_TEXT("Take the pixels from all objects that lie below"), "Ctrl+T"},
    ActionGesture{Id::GiveToAbove, "give-to-above", object, UI_TEXT("&Give Pixels to Above"),
                  UI_TEXT("Give way to all objects that lie above"), "Ctrl+Shift+T"},
    ActionGesture{Id::FillHoles, "fill-holes", object, UI_TEXT("Fill &Holes"),
                  UI_TEXT("Fill all holes of the selected objects"), "Ctrl+H"},
    ActionGesture{Id::CleanUp, "clean-up", object, UI_TEXT("&Clean Up\u2026"),
                  UI_TEXT("Smooth, fill small holes, drop small parts, with a preview"), "Ctrl+L"},
    ActionGesture{Id::TightenMask, "tighten-mask", object, UI_TEXT("T&ighter"),
                  UI_TEXT("A tighter border of the object being drawn"), "]"},
    ActionGesture{Id::WidenMask, "widen-mask", object, UI_TEXT("&Wider"),
                  UI_TEXT("A wider border of the object being drawn"), "["},
    ActionGesture{Id::SmartTool, "smart-tool", tools, UI_TEXT("&Smart"),
                  UI_TEXT("Smart tool: clicks, boxes and strokes"), "S"},
    ActionGesture{Id::BrushTool, "brush-tool", tools, UI_TEXT("&Brush"),
                  UI_TEXT("Brush: paint pixels of the object"), "B"},
    ActionGesture{Id::EraserTool, "eraser-tool", tools, UI_TEXT("&Eraser"),
                  UI_TEXT("Eraser: take pixels of the object away"), "Shift+B; G"},
    ActionGesture{Id::LassoTool, "lasso-tool", tools, UI_TEXT("L&asso"),
                  UI_TEXT("Lasso: a free-hand outline"), "L"},
    ActionGesture{Id::FillTool, "fill-tool", tools, UI_TEXT("&Fill"),
                  UI_TEXT("Fill: a click fills a hole, or takes a part away"), "K"},
    ActionGesture{Id::WandTool, "wand-tool", tools, UI_TEXT("Magic &Wand"),
                  UI_TEXT("Magic wand: connected pixels of a similar colour"), "W"},
    ActionGesture{Id::PolygonTool, "polygon-tool", tools, UI_TEXT("P&olygon"),
                  UI_TEXT("Polygon tool: corner by corner"), "P"},
    ActionGesture{Id::ScissorsTool, "scissors-tool", tools, UI_TEXT("S&cissors"),
                  UI_TEXT("Scissors tool: an outline along the edges of the picture"), "X"},
    ActionGesture{Id::PanTool, "pan-tool", tools, UI_TEXT("&Pan"),
                  UI_TEXT("Pan with the left button"), "H"},
    ActionGesture{Id::LargerBrush, "larger-brush", tools, UI_TEXT("&Larger Brush"),
                  UI_TEXT("Larger brush"), "."},
    ActionGesture{Id::SmallerBrush, "smaller-brush", tools, UI_TEXT("S&maller Brush"),
                  UI_TEXT("Smaller brush"), ","},
    ActionGesture{Id::LookCloser, "look-closer", view, UI_TEXT("&Look Closer"),
                  UI_TEXT("Focus on the object being drawn or on the visible part, and back"), "F"},
    ActionGesture{Id::FitImage, "fit-image", view, UI_TEXT("&Fit Image"),
                  UI_TEXT("Show the whole image"), "Ctrl+0"},
    ActionGesture{Id::ZoomToPixels, "zoom-to-pixels", view, UI_TEXT("&Actual Pixels"),
                  UI_TEXT("One image pixel on one screen pixel"), "Ctrl+1"},
    ActionGesture{Id::ZoomIn, "zoom-in", view, UI_TEXT("Zoom &In"), UI_TEXT("Zoom in"),
                  "Ctrl++; Ctrl+="},
    ActionGesture{Id::ZoomOut, "zoom-out", view, UI_TEXT("Zoom &Out"), UI_TEXT("Zoom out"),
                  "Ctrl+-"},
    ActionGesture{Id::HideMasks, "hide-masks", view, UI_TEXT("&Hide Masks"),
                  UI_TEXT("Hide the masks while held"), "V"},
    ActionGesture{Id::NextPart, "next-part", view, UI_TEXT("&Next Part of the Window"),
                  UI_TEXT("Keyboard to the next list or bar, and back to the image"), "F6"},
    ActionGesture{Id::HidePanels, "hide-panels", view, UI_TEXT("Hide &Panels"),
                  UI_TEXT("Hide or show all panels"), "F8"},
    ActionGesture{Id::FullScreen, "full-screen", view, UI_TEXT("F&ull Screen"),
                  UI_TEXT("Full screen"), "F11"},
    ActionGesture{Id::StartGuide, "start-guide", help, UI_TEXT("&Guided First Mask"),
                  UI_TEXT("The first mask, step by step"), ""},
    ActionGesture{Id::ShowGestures, "show-gestures", help, UI_TEXT("&Mouse and Keys"),
                  UI_TEXT("This list"), "?; F1"},
    ActionGesture{Id::About, "about", help, UI_TEXT("&About Maskwright"),
                  UI_TEXT("Versions and licences"), ""},
};

constexpr const char *prompts = UI_TEXT("Prompts");
constexpr const char *pixels = UI_TEXT("Pixels");
constexpr const char *outlines = UI_TEXT("Polygon and scissors");
constexpr const char *canvas = UI_TEXT("Canvas");
constexpr const char *categories = UI_TEXT("Categories");

constexpr std::array pointers{
    PointerGesture{prompts, UI_TEXT("Move"), UI_TEXT("Preview of what a click would give")},
    PointerGesture{prompts, UI_TEXT("Left click"), UI_TEXT("Foreground point")},
    PointerGesture{prompts, UI_TEXT("Right click, or Alt + left click"),
                   UI_TEXT("Background point")},
    PointerGesture{prompts, UI_TEXT("Left drag"), UI_TEXT("Box")},
    PointerGesture{prompts, UI_TEXT("Shift + left drag"),
                   UI_TEXT("Brush stroke as foreground prompt")},
    PointerGesture{prompts, UI_TEXT("Shift + right drag"),
                   UI_TEXT("Brush stroke as background prompt")},
    PointerGesture{prompts, UI_TEXT("Drag a point or a box edge"), UI_TEXT("Move it")},
    PointerGesture{prompts, UI_TEXT("Ctrl + click a point"), UI_TEXT("Remove it")},
    PointerGesture{pixels, UI_TEXT("Drag with Brush or Eraser"),
                   UI_TEXT("Paint or erase pixels; one stroke is one step")},
    PointerGesture{pixels, UI_TEXT("Right drag, or Alt + drag, with Brush or Eraser"),
                   UI_TEXT("The opposite: erase or paint")},
    PointerGesture{pixels, UI_TEXT("Shift + click with Brush or Eraser"),
                   UI_TEXT("Straight line from the end of the last stroke")},
    PointerGesture{pixels, UI_TEXT("Drag with Lasso"),
                   UI_TEXT("Add what the outline goes around; right drag or Alt takes it away")},
    PointerGesture{pixels, UI_TEXT("Click with Fill"),
                   UI_TEXT("Fill the hole; right click or Alt removes the part of the mask")},
    PointerGesture{pixels, UI_TEXT("Click with Magic Wand"),
                   UI_TEXT("Add similar pixels; right click or Alt takes them away")},
    PointerGesture{outlines, UI_TEXT("Click with Polygon or Scissors"), UI_TEXT("Next corner")},
    PointerGesture{outlines, UI_TEXT("Begin with Alt or the right button"),
                   UI_TEXT("The outline takes its pixels away instead of adding them")},
    PointerGesture{outlines, UI_TEXT("Double click, or click the first corner"),
                   UI_TEXT("Close the outline")},
    PointerGesture{outlines, UI_TEXT("Drag a corner (Polygon)"),
                   UI_TEXT("Move it; without a drawing, a corner of the selected object")},
    PointerGesture{outlines, UI_TEXT("Click or drag an edge (Polygon)"),
                   UI_TEXT("Insert a corner")},
    PointerGesture{outlines, UI_TEXT("Ctrl + click a corner (Polygon)"), UI_TEXT("Remove it")},
    PointerGesture{canvas, UI_TEXT("Wheel"), UI_TEXT("Zoom to the pointer")},
    PointerGesture{canvas, UI_TEXT("Ctrl + wheel"), UI_TEXT("Brush size")},
    PointerGesture{canvas, UI_TEXT("Middle drag, or Space + drag"), UI_TEXT("Pan")},
    PointerGesture{canvas, UI_TEXT("Ctrl + click"), UI_TEXT("Select the object")},
    PointerGesture{canvas, UI_TEXT("Ctrl + Shift + click"),
                   UI_TEXT("Select one more, or one less")},
    PointerGesture{categories, UI_TEXT("1 to 9, 0"),
                   UI_TEXT("Choose a category; for the selected object, change it")},
};

QString plain(const char *text)
{
    return QString::fromUtf8(text).remove(QLatin1Char('&'));
}

QString shortcutWords(const ActionGesture &gesture)
{
    QStringList words;
    for (const QString &word : QString::fromLatin1(gesture.shortcuts).split(QStringLiteral("; ")))
        words << QLatin1Char('`') + word + QLatin1Char('`');
    return words.join(QStringLiteral(", "));
}

} // namespace

std::span<const ActionGesture> actionGestures()
{
    return actions;
}

const ActionGesture &actionGesture(ActionId id)
{
    const auto place =
        std::find_if(actions.begin(), actions.end(),
                     [id](const ActionGesture &gesture) { return gesture.id == id; });
    Q_ASSERT(place != actions.end());
    return *place;
}

QList<QKeySequence> defaultShortcuts(ActionId id)
{
    if (!*actionGesture(id).shortcuts)
        return {};
    return QKeySequence::listFromString(QString::fromLatin1(actionGesture(id).shortcuts),
                                        QKeySequence::PortableText);
}

QString actionText(ActionId id)
{
    return QCoreApplication::translate("gestures", actionGesture(id).text);
}

std::span<const PointerGesture> pointerGestures()
{
    return pointers;
}

bool concerns(const PointerGesture &gesture, ActionId tool)
{
    if (gesture.section == prompts)
        return tool == Id::SmartTool;
    if (gesture.section == outlines)
        return tool == Id::PolygonTool || tool == Id::ScissorsTool;
    if (gesture.section == pixels)
        return tool != Id::SmartTool && tool != Id::PanTool && tool != Id::PolygonTool &&
               tool != Id::ScissorsTool;
    return true;
}

QString gestureMarkdown()
{
    QString text = QStringLiteral("| mouse or key | does |\n|---|---|\n");
    for (const PointerGesture &gesture : pointers)
        text += QStringLiteral("| %1 | %2 |\n").arg(plain(gesture.gesture), plain(gesture.does));
    for (const ActionGesture &gesture : actions) {
        if (*gesture.shortcuts)
            text +=
                QStringLiteral("| %1 | %2 |\n").arg(shortcutWords(gesture), plain(gesture.does));
    }
    return text;
}

} // namespace ui
