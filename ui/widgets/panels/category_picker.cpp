// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/panels/category_picker.h"

#include "ui/editing/category_list_model.h"
#include "ui/editing/edits.h"
#include "ui/widgets/theme/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>

namespace ui
{

CategoryPicker::CategoryPicker(Document &document, const CategoryListModel &model, QWidget *parent)
    : QFrame(parent, Qt::Popup), m_document(document), m_model(model), m_field(new QLineEdit),
      m_list(new QListWidget)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    m_field->setPlaceholderText(tr("Category"));
    m_field->installEventFilter(this);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize({metrics::swatch, metrics::swatch});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::space, 2 * metrics::space, 2 * metrics::space,
                               2 * metrics::space);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    connect(m_field, &QLineEdit::textChanged, this, &CategoryPicker::filter);
    connect(m_field, &QLineEdit::returnPressed, this, &CategoryPicker::take);
    connect(m_list, &QListWidget::itemClicked, this, &CategoryPicker::take);
    filter();
}

void CategoryPicker::popUp()
{
    setFixedSize(280, 240);
    const QWidget *around = parentWidget();
    move(around->mapToGlobal(QPoint((around->width() - width()) / 2, around->height() / 8)));
    show();
    m_field->setFocus();
}

static QIcon swatch(const QColor &color)
{
    QPixmap pixmap(metrics::swatch * 2, metrics::swatch * 2);
    pixmap.fill(color);
    QIcon icon(pixmap);
    icon.addPixmap(pixmap, QIcon::Selected); // Qt would tint it
    return icon;
}

void CategoryPicker::filter()
{
    const QString text = m_field->text().trimmed();
    m_list->clear();
    bool isName = text.isEmpty();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        const QString name = index.data().toString();
        isName |= name == text;
        if (!name.contains(text, Qt::CaseInsensitive))
            continue;
        auto *item = new QListWidgetItem(
            swatch(index.data(CategoryListModel::ColorRole).value<QColor>()), name, m_list);
        item->setData(Qt::UserRole, qlonglong(m_model.idAt(row)));
    }
    if (!isName)
        new QListWidgetItem(tr("New category “%1”").arg(text), m_list);
    m_list->setCurrentRow(0);
}

void CategoryPicker::take()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    core::Id id = item->data(Qt::UserRole).toLongLong();
    if (!id)
        id = addCategory(m_document, m_field->text().trimmed());
    close();
    if (id)
        Q_EMIT chosen(id);
}

bool CategoryPicker::eventFilter(QObject *watched, QEvent *event)
{
    // The arrows move in the list while the field has the keyboard.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui
