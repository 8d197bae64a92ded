
    
            var map_week = L.map(
                "map_week",
                {
                    center: [0.0, 0.0],
                    crs: L.CRS.EPSG3857,
                    ...{
  "zoom": 1,
  "zoomControl": false,
  "preferCanvas": false,
  "attributionControl": false,
  "scrollWheelZoom": false,
  "zoomSnap": 0.25,
}

                }
            );

            

        
    
            var feature_group_1 = L.featureGroup(
                {
}
            );
        
    
            var polygon_2 = L.polygon(
                [[[50.81, 6.29], [50.81, 6.41], [50.89, 6.41], [50.89, 6.29], [50.81, 6.29]]],
                {"bubblingMouseEvents": true, "className": "outline", "color": "#3388ff", "dashArray": null, "dashOffset": null, "fill": true, "fillColor": "#3388ff", "fillOpacity": 0.2, "fillRule": "evenodd", "lineCap": "round", "lineJoin": "round", "noClip": false, "opacity": 1.0, "smoothFactor": 1.0, "stroke": true, "weight": 1}
            ).addTo(feature_group_1);
        
    
            var polygon_3 = L.polygon(
                [[[50.76, 6.42], [50.76, 6.54], [50.84, 6.54], [50.84, 6.42], [50.76, 6.42]]],
                {"bubblingMouseEvents": true, "className": "outline", "color": "#3388ff", "dashArray": null, "dashOffset": null, "fill": true, "fillColor": "#3388ff", "fillOpacity": 0.2, "fillRule": "evenodd", "lineCap": "round", "lineJoin": "round", "noClip": false, "opacity": 1.0, "smoothFactor": 1.0, "stroke": true, "weight": 1}
            ).addTo(feature_group_1);
        
    
            feature_group_1.addTo(map_week);
        
    
            var feature_group_4 = L.featureGroup(
                {
}
            );
        
    
            var poly_line_5 = L.polyline(
                [[50.8, 6.48], [50.86, 6.36], [50.8, 6.48]],
                {"bubblingMouseEvents": true, "className": "line bus-2a21fe6d shape-0", "color": "#3388ff", "dashArray": null, "dashOffset": null, "fill": false, "fillColor": "#3388ff", "fillOpacity": 0.2, "fillRule": "evenodd", "lineCap": "round", "lineJoin": "round", "noClip": false, "opacity": 1.0, "smoothFactor": 1.0, "stroke": true, "weight": 3}
            ).addTo(feature_group_4);
        
    
            var marker_7 = L.marker(
                [50.86, 6.36],
                {
  "riseOnHover": true,
  "zIndexOffset": 1000,
}
            ).addTo(feature_group_4);
        
    
            var div_icon_6 = L.divIcon({
  "html": "\u003cspan class=\"pin bus-2a21fe6d shape-0\" aria-hidden=\"true\"\u003e\u003cb\u003eG\u003c/b\u003e\u003c/span\u003e\u003cspan class=\"unseen\" data-visit=\"2026-11-30-0000000001\"\u003e\u003c/span\u003e",
  "iconSize": [28, 28],
  "iconAnchor": [27, 14],
  "className": "stop",
});
        
    
            marker_7.bindPopup(
                () => mapWords.popup("2026-11-30-0000000001"), {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        
    
                marker_7.setIcon(div_icon_6);
            
    
            feature_group_4.addTo(map_week);
        
    
            var feature_group_9 = L.featureGroup(
                {
}
            );
        
    
            var marker_11 = L.marker(
                [50.8, 6.48],
                {
  "riseOnHover": true,
  "zIndexOffset": 0,
}
            ).addTo(feature_group_9);
        
    
            var div_icon_10 = L.divIcon({
  "html": "\u003cspan class=\"pin bus-81db8ebb shape-1 is-area\" aria-hidden=\"true\"\u003e\u003cb\u003eK\u003c/b\u003e\u003c/span\u003e\u003cspan class=\"unseen\" data-visit=\"2026-11-30-0000000002\"\u003e\u003c/span\u003e",
  "iconSize": [28, 28],
  "iconAnchor": [14, 14],
  "className": "stop",
});
        
    
            marker_11.bindPopup(
                () => mapWords.popup("2026-11-30-0000000002"), {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        
    
                marker_11.setIcon(div_icon_10);
            
    
            feature_group_9.addTo(map_week);
        
    
            var feature_group_13 = L.featureGroup(
                {
}
            );
        
    
            var poly_line_14 = L.polyline(
                [[50.8, 6.48], [50.79, 6.47], [50.8, 6.48]],
                {"bubblingMouseEvents": true, "className": "line bus-2a21fe6d shape-0", "color": "#3388ff", "dashArray": null, "dashOffset": null, "fill": false, "fillColor": "#3388ff", "fillOpacity": 0.2, "fillRule": "evenodd", "lineCap": "round", "lineJoin": "round", "noClip": false, "opacity": 1.0, "smoothFactor": 1.0, "stroke": true, "weight": 3}
            ).addTo(feature_group_13);
        
    
            var marker_16 = L.marker(
                [50.79, 6.47],
                {
  "riseOnHover": true,
  "zIndexOffset": 1000,
}
            ).addTo(feature_group_13);
        
    
            var div_icon_15 = L.divIcon({
  "html": "\u003cspan class=\"pin bus-2a21fe6d shape-0\" aria-hidden=\"true\"\u003e\u003cb\u003eG\u003c/b\u003e\u003c/span\u003e\u003cspan class=\"unseen\" data-visit=\"2026-12-01-0000000003\"\u003e\u003c/span\u003e",
  "iconSize": [28, 28],
  "iconAnchor": [14, 14],
  "className": "stop",
});
        
    
            marker_16.bindPopup(
                () => mapWords.popup("2026-12-01-0000000003"), {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        
    
                marker_16.setIcon(div_icon_15);
            
    
            feature_group_13.addTo(map_week);
        
    
            var feature_group_18 = L.featureGroup(
                {
}
            );
        
    
            var marker_20 = L.marker(
                [50.85, 6.35],
                {
  "riseOnHover": true,
  "zIndexOffset": 0,
}
            ).addTo(feature_group_18);
        
    
            var div_icon_19 = L.divIcon({
  "html": "\u003cspan class=\"pin bus-81db8ebb shape-1 is-area is-cancelled\" aria-hidden=\"true\"\u003e\u003cb\u003eK\u003c/b\u003e\u003c/span\u003e\u003cspan class=\"unseen\" data-visit=\"2026-12-01-0000000004\"\u003e\u003c/span\u003e",
  "iconSize": [28, 28],
  "iconAnchor": [14, 14],
  "className": "stop",
});
        
    
            marker_20.bindPopup(
                () => mapWords.popup("2026-12-01-0000000004"), {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        
    
                marker_20.setIcon(div_icon_19);
            
    
            feature_group_18.addTo(map_week);
        
    
            var feature_group_22 = L.featureGroup(
                {
}
            );
        
    
            var marker_24 = L.marker(
                [50.86, 6.36],
                {
  "riseOnHover": true,
  "zIndexOffset": 1000,
}
            ).addTo(feature_group_22);
        
    
            var div_icon_23 = L.divIcon({
  "html": "\u003cspan class=\"pin bus-2a21fe6d shape-0 is-cancelled\" aria-hidden=\"true\"\u003e\u003cb\u003eG\u003c/b\u003e\u003c/span\u003e\u003cspan class=\"unseen\" data-visit=\"2026-12-04-0000000005\"\u003e\u003c/span\u003e",
  "iconSize": [28, 28],
  "iconAnchor": [1, 14],
  "className": "stop",
});
        
    
            marker_24.bindPopup(
                () => mapWords.popup("2026-12-04-0000000005"), {
                minWidth: 180, maxWidth: 220,
                autoPanPaddingTopLeft: [12, 12], autoPanPaddingBottomRight: [54, 12],
            });
        
    
                marker_24.setIcon(div_icon_23);
            
    
            feature_group_22.addTo(map_week);
        
    
            var labels_26 = L.layerGroup([
[
50.85,
6.35,
"label label-town",
"\u003cspan\u003eAltdorf\u003c/span\u003e",
],
[
50.8,
6.48,
"label label-town",
"\u003cspan\u003eBeerenau\u003c/span\u003e",
],
[
50.87,
6.37,
"label label-place",
"\u003cspan\u003eOberdorf\u003c/span\u003e",
],
].map(
                ([lat, lon, className, html]) => L.marker([lat, lon], {
                    interactive: false, keyboard: false, zIndexOffset: -1000,
                    icon: L.divIcon({className, html, iconSize: [0, 0]}),
                })));
        
    
            labels_26.addTo(map_week);
        
    
            {
                const map = map_week;
                const words = map.getContainer().dataset;
                const control = L.control.layers();
                
                {
                    const name = mapWords.layer("2026-11-30-0000000001");
                    control.addOverlay(feature_group_4, name);
                }
                
                {
                    const name = mapWords.layer("2026-11-30-0000000002");
                    control.addOverlay(feature_group_9, name);
                }
                
                {
                    const name = mapWords.layer("2026-12-01-0000000003");
                    control.addOverlay(feature_group_13, name);
                }
                
                {
                    const name = mapWords.layer("2026-12-01-0000000004");
                    control.addOverlay(feature_group_18, name);
                }
                
                {
                    const name = mapWords.layer("2026-12-04-0000000005");
                    control.addOverlay(feature_group_22, name);
                }
                
                
                control.addOverlay(labels_26, words["layerNames"]);
                
                control.addTo(map);
            }
        
    
            {
                const map = map_week;
                const box = map.getContainer();
                const words = box.dataset;
                L.control.zoom({
                    position: "bottomleft", zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut,
                }).addTo(map);
                const sources = document.createElement("a");
                sources.href = "#quellen";
                sources.textContent = words.sources;
                L.control.attribution({prefix: `Leaflet · ${sources.outerHTML}`}).addTo(map);
                const toggle = box.querySelector(".leaflet-control-layers-toggle");
                toggle.title = words.layers;
                toggle.setAttribute("aria-label", words.layers);
                const name = ({_icon}) => {
                    const label = _icon && _icon.querySelector("[data-visit]");
                    if (label) label.textContent = mapWords.label(label.dataset.visit);
                };
                map.eachLayer(name);
                map.on("layeradd", ({layer}) => name(layer));
                const near = () => box.classList.toggle("is-near", map.getZoom() >= 11.5);
                map.on("zoomend", near);
                near();
                map.on("popupopen", ({popup}) => {
                    const shown = popup.getElement();
                    const close = shown.querySelector(".leaflet-popup-close-button");
                    close.title = words.close;
                    close.setAttribute("aria-label", words.close);
                    shown.tabIndex = -1;
                    shown.onkeydown = ({key}) => key === "Escape" && map.closePopup(popup);
                    shown.focus({preventScroll: true});
                });
                map.on("popupclose", ({popup}) => {
                    const marker = popup._source && popup._source.getElement();
                    const focus = document.activeElement;
                    if (marker && (focus === document.body || popup.getElement().contains(focus))) {
                        marker.focus({preventScroll: true});
                    }
                });
                box.classList.add("is-ready");
            }
        
    
            map_week.fitBounds(
                [[50.76, 6.29], [50.89, 6.54]],
                {"maxZoom": 13, "padding": [8, 8]}
            );
        